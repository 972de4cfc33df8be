/**
 * The conformance cases: the tests of CPython's `multiprocessing` and `concurrent.futures` that this
 * library answers, and where it does.
 *
 * @module
 */

/** A case: its number, the file of its tests, and CPython's names, which stand in the tests' titles. */
export type Case = readonly [number: number, file: string, ...names: string[]];

/** The titles of the rest of CPython's `ExecutorDeadlockTest`: a fault at each point of a call's way. */
function matrix(host: string): string[] {
  return [
    "an argument that cannot be copied, or throws while it is",
    "exit(3) while the argument is decoded",
    "throw while the argument is decoded",
    "Deno.exit(3) in the task",
    "exit(3) in the task",
    "throw in the task",
    "Deno.exit(3) while the result is encoded",
    "exit(3) while the result is encoded",
    "throw while the result is encoded",
    "throw while the result is decoded here",
  ].map((point) => `${host}: ${point}`);
}

/** The cases by number; one that is tested in two files stands twice. Files are those of `pool/`. */
export const CASES: readonly Case[] = [
  // Processes
  [1, "current_process_test.ts", "_TestProcess.test_current"],
  [2, "process_test.ts", "test_args_argument"],
  [3, "process_test.ts", "test_daemon_argument"],
  [4, "current_process_test.ts", "test_parent_process_attributes"],
  [5, "process_test.ts", "_TestProcess.test_process"],
  [6, "process_death_test.ts", "test_terminate"],
  [7, "conformance/process_test.ts", "_TestProcess.test_kill"],
  [8, "current_process_test.ts", "test_active_children"],
  [9, "process_children_test.ts", "test_recursion"],
  [10, "sentinel_test.ts", "test_sentinel"],
  [11, "process_test.ts", "test_close"],
  [12, "process_test.ts", "test_many_processes"],
  [13, "conformance/process_test.ts", "_TestProcess.test_lose_target_ref"],
  [14, "conformance/process_test.ts", "_TestProcess.test_wait_for_threads"],
  [15, "process_test.ts", "_TestSubclassingProcess.test_subclassing"],
  [16, "process_death_test.ts", "test_stderr_flush"],
  [17, "process_death_test.ts", "test_sys_exit"],

  // Queues and pipes
  [18, "conformance/queue_test.ts", "_TestQueue.test_put"],
  [19, "conformance/queue_test.ts", "_TestQueue.test_get"],
  [20, "conformance/queue_test.ts", "_TestQueue.test_qsize"],
  [21, "conformance/queue_test.ts", "_TestQueue.test_task_done"],
  [22, "conformance/queue_test.ts", "_TestQueue.test_timeout"],
  [23, "conformance/queue_test.ts", "_TestQueue.test_queue_feeder_donot_stop_onexc"],
  [24, "conformance/queue_test.ts", "_TestQueue.test_closed_queue_empty_exceptions"],
  [25, "conformance/queue_test.ts", "_TestQueue.test_closed_queue_put_get_exceptions"],
  [26, "conformance/queue_test.ts", "TestSimpleQueue.test_empty"],
  [
    27,
    "conformance/queue_test.ts",
    "TestSimpleQueue.test_close",
    "TestSimpleQueue.test_empty_exceptions",
  ],
  [28, "conformance/connection_test.ts", "_TestConnection.test_connection"],
  [29, "conformance/connection_test.ts", "_TestConnection.test_duplex_false"],
  [30, "conformance/connection_test.ts", "_TestConnection.test_sendbytes"],
  [31, "conformance/connection_test.ts", "_TestConnection.test_spawn_close"],
  [32, "conformance/connection_test.ts", "_TestPoll.test_empty_string"],
  [33, "conformance/connection_test.ts", "_TestPoll.test_dont_merge"],
  [34, "conformance/connection_test.ts", "_TestPoll.test_boundaries"],
  [35, "sentinel_test.ts", "TestWait.test_wait", "test_wait_timeout"],

  // Locks
  [36, "conformance/lock_test.ts", "_TestLock.test_lock"],
  [37, "conformance/lock_test.ts", "_TestLock.test_rlock"],
  [38, "conformance/lock_test.ts", "_TestLock.test_repr_lock"],
  [39, "conformance/lock_test.ts", "_TestLock.test_repr_rlock"],
  [40, "conformance/lock_test.ts", "_TestLock.test_lock_locked_2processes"],
  [41, "conformance/lock_test.ts", "_TestSemaphore.test_semaphore"],
  [42, "conformance/lock_test.ts", "_TestSemaphore.test_bounded_semaphore"],
  [43, "conformance/lock_test.ts", "_TestSemaphore.test_timeout"],
  [44, "conformance/condition_test.ts", "_TestCondition.test_notify"],
  [45, "conformance/condition_test.ts", "_TestCondition.test_notify_all"],
  [46, "conformance/condition_test.ts", "_TestCondition.test_notify_n"],
  [47, "conformance/condition_test.ts", "_TestCondition.test_waitfor"],
  [48, "conformance/condition_test.ts", "_TestCondition.test_waitfor_timeout"],
  [49, "conformance/condition_test.ts", "_TestCondition.test_wait_result"],
  [50, "conformance/event_test.ts", "_TestEvent.test_event"],
  [51, "conformance/barrier_test.ts", "_TestBarrier.test_barrier"],
  [52, "conformance/barrier_test.ts", "_TestBarrier.test_barrier_10"],
  [53, "conformance/barrier_test.ts", "_TestBarrier.test_wait_return"],
  [54, "conformance/barrier_test.ts", "_TestBarrier.test_action"],
  [55, "conformance/barrier_test.ts", "_TestBarrier.test_abort"],
  [56, "conformance/barrier_test.ts", "_TestBarrier.test_reset"],
  [57, "conformance/barrier_test.ts", "_TestBarrier.test_abort_and_reset"],
  [58, "conformance/barrier_test.ts", "_TestBarrier.test_timeout"],
  [59, "conformance/barrier_test.ts", "_TestBarrier.test_default_timeout"],
  [60, "conformance/barrier_test.ts", "_TestBarrier.test_single_thread"],
  [61, "conformance/barrier_test.ts", "_TestBarrier.test_thousand"],

  // Shared memory and managers
  [62, "conformance/shared_values_test.ts", "_TestValue.test_value", "_TestValue.test_rawvalue"],
  [
    63,
    "conformance/shared_values_test.ts",
    "_TestValue.test_getobj_getlock",
    "_TestArray.test_getobj_getlock_obj",
  ],
  [64, "conformance/shared_values_test.ts", "_TestArray.test_array", "_TestArray.test_rawarray"],
  [65, "conformance/shared_values_test.ts", "_TestArray.test_array_from_size"],
  [
    66,
    "conformance/shared_values_test.ts",
    "_TestSharedCTypes.test_sharedctypes",
    "_TestSharedCTypes.test_synchronize",
    "_TestSharedCTypes.test_copy",
  ],
  [
    67,
    "manager/containers_test.ts",
    "_TestContainers.test_list",
    "_TestContainers.test_list_proxy_in_list",
  ],
  [
    68,
    "manager/containers_test.ts",
    "_TestContainers.test_dict",
    "_TestContainers.test_dict_proxy_nested",
  ],
  [69, "manager/containers_test.ts", "_TestContainers.test_namespace"],
  [
    70,
    "manager/types_test.ts",
    ...("event lock rlock semaphore boundedsemaphore condition barrier pool queue joinablequeue " +
      "list dict set value array namespace").split(" ").map((type) =>
        `TestSyncManagerTypes.test_${type}`
      ),
  ],
  [
    71,
    "manager/registered_test.ts",
    "_TestMyManager.test_mymanager",
    "TestInitializers.test_manager_initializer",
  ],

  // Pools
  [72, "pool_map_test.ts", "_TestPool.test_map", "test_starmap"],
  [72, "pool_imap_test.ts", "_TestPool.test_imap", "test_imap_unordered"],
  [73, "pool_map_test.ts", "test_map_async_callbacks"],
  [74, "pool_errors_test.ts", "test_map_unplicklable"],
  [75, "pool_map_test.ts", "test_map_handle_iterable_exception"],
  [75, "pool_imap_test.ts", "test_imap_handle_iterable_exception"],
  [76, "pool_errors_test.ts", "test_async_timeout"],
  [76, "pool_map_test.ts", "test_empty_iterable"],
  [76, "pool_life_test.ts", "test_make_pool"],
  [77, "pool_life_test.ts", "test_terminate"],
  [78, "pool_life_test.ts", "test_context", "test_enter"],
  [79, "pool_errors_test.ts", "_TestPool.test_traceback"],
  [80, "pool_map_test.ts", "test_map_no_failfast"],
  [81, "conformance/process_test.ts", "_TestPool.test_release_task_refs"],
  [
    82,
    "pool_life_test.ts",
    "_TestPoolWorkerLifetime",
    "test_pool_worker_lifetime_early_close",
    "test_pool_maxtasksperchild_invalid",
  ],

  // Futures
  [
    83,
    "future_test.ts",
    "FutureTests.test_cancel",
    "test_cancelled",
    "test_done",
    "test_running",
    "test_repr",
    "test_result_with_timeout",
    "test_exception_with_timeout",
    "test_result_with_success",
    "test_result_with_cancel",
    "test_done_callback_*",
    "test_done_callback_raises",
    "test_multiple_set_result",
    "test_multiple_set_exception",
  ],
  [
    84,
    "wait_test.ts",
    "WaitTests.test_first_completed",
    "test_first_completed_some_already_completed",
    "test_first_exception",
    "test_first_exception_some_already_complete",
    "test_first_exception_one_already_failed",
    "test_all_completed",
    "test_timeout",
    "test_20369",
  ],
  [
    84,
    "as_completed_test.ts",
    "AsCompletedTests.test_no_timeout",
    "test_future_times_out",
    "test_duplicate_futures",
    "test_correct_timeout_exception_msg",
  ],
  [85, "executor_test.ts", "test_submit", "test_map", "test_map_exception", "test_map_timeout"],
  [
    85,
    "worker_pool_executor_test.ts",
    "test_killed_child",
    "test_broken_process_pool_traceback",
    "test_idle_process_reuse_one",
    "test_max_tasks_per_child",
    "test_force_shutdown_workers",
  ],
  [
    85,
    "conformance/executor_test.ts",
    "ProcessPoolExecutorTest.test_saturation",
    "test_max_tasks_per_child_pending_tasks_gh115634",
    "test_max_tasks_early_shutdown",
  ],
  [
    86,
    "executor_test.ts",
    "FailingInitializerMixin.test_initializer",
    "test_cancel_futures",
    "test_run_after_shutdown",
    "test_hang_issue12364",
  ],
  [
    86,
    "conformance/executor_test.ts",
    "test_hang_gh94440",
    "ExecutorDeadlockTest.test_shutdown_deadlock",
    "ExecutorDeadlockTest.test_shutdown_deadlock_pickle",
    "ExecutorDeadlockTest.test_crash_big_data",
  ],
  [86, "never_hang/pool_test.ts", ...matrix("ExecutorDeadlockTest, executor.submit")],
];

/** The number of the last case. */
export const LAST = 86;
