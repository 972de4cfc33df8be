/**
 * The scenarios: each question of the four slide decks as a program that measures the answer and
 * checks itself.
 *
 * @module
 */
export { ids, load, loadAll } from "./catalogue.ts";
export { type Lesson, lessonFile, parseLesson, readLesson } from "./lesson.ts";
export { type Report, run } from "./run.ts";
export { besideSlide } from "./scenario.ts";
export type {
  Cell,
  Check,
  Deck,
  Distribution,
  Figure,
  Options,
  Outcome,
  OutcomeRow,
  Parameter,
  Parameters,
  Print,
  Scenario,
  Table,
} from "./scenario.ts";
