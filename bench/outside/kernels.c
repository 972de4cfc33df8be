// The kernels in C with OpenMP, for comparison. Reads "kernel size threads runs" from each line of its
// input, and answers with the result and with the milliseconds of each run.
//
//   cc -O3 -march=native -ffast-math -fopenmp kernels.c -o kernels
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 500000, LANES = 8, N = 512 };

static double *a, *b, *out;
static uint8_t *text;
static int64_t size;

// Eight lanes side by side: one AVX2 register.
typedef uint32_t Lanes __attribute__((vector_size(4 * LANES)));
typedef int32_t Signed __attribute__((vector_size(4 * LANES)));
#define ROTATE(x, by) (((x) << (by)) | ((x) >> (32 - (by))))

static uint64_t next_seed(uint64_t *z) {
  uint64_t x = *z += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

static int64_t throws_inside(int64_t block, int64_t throws) {
  Lanes s0, s1, s2, s3, inside = {0};
  for (int lane = 0; lane < LANES; lane++) {
    uint64_t z = block * LANES + lane, low = next_seed(&z), high = next_seed(&z);
    s0[lane] = low, s1[lane] = low >> 32, s2[lane] = high, s3[lane] = high >> 32;
  }
  for (int64_t i = 0; i < throws; i += LANES) {
    Lanes sum = s0 + s3, bits = ROTATE(sum, 7) + s0, t = s1 << 9;
    s2 ^= s0, s3 ^= s1, s1 ^= s2, s0 ^= s3, s2 ^= t, s3 = ROTATE(s3, 11);
    Signed x = (Signed)(bits << 16) >> 16, y = (Signed)bits >> 16;
    Lanes hit = -(Lanes)((Lanes)(x * x + y * y) < (uint32_t)(1 << 30));
    for (int lane = 0; i + LANES > throws && lane < LANES; lane++) {
      if (i + lane >= throws) hit[lane] = 0;
    }
    inside += hit;
  }
  int64_t total = 0;
  for (int lane = 0; lane < LANES; lane++) total += inside[lane];
  return total;
}

static double monte_carlo_pi(void) {
  int64_t inside = 0;
#pragma omp parallel for reduction(+ : inside) schedule(dynamic)
  for (int64_t at = 0; at < size; at += BLOCK) {
    inside += throws_inside(at / BLOCK, size - at < BLOCK ? size - at : BLOCK);
  }
  return inside;
}

static double dot_product(void) {
  double sum = 0;
#pragma omp parallel for simd reduction(+ : sum)
  for (int64_t i = 0; i < size; i++) sum += a[i] * b[i];
  return sum;
}

static double square_add(void) {
#pragma omp parallel for simd
  for (int64_t i = 0; i < size; i++) out[i] = a[i] * a[i] + b[i];
  return 0;
}

static double triad(void) {
#pragma omp parallel for simd
  for (int64_t i = 0; i < size; i++) out[i] = a[i] + 3 * b[i];
  return 0;
}

static double matrix_multiply(void) {
#pragma omp parallel for
  for (int64_t i = 0; i < size; i++) {
    double *row = out + i * N;
    memset(row, 0, N * sizeof *row);
    for (int k = 0; k < N; k++) {
      double x = a[i * N + k];
      for (int j = 0; j < N; j++) row[j] += x * b[k * N + j];
    }
  }
  return 0;
}

static int is_space(uint8_t byte) { return byte == 32 || (uint8_t)(byte - 9) < 5; }

static double word_count(void) {
  int64_t words = size > 0 && !is_space(text[0]);
#pragma omp parallel for simd reduction(+ : words)
  for (int64_t i = 1; i < size; i++) words += is_space(text[i - 1]) & !is_space(text[i]);
  return words;
}

static double sum_of(const double *x, int64_t length) {
  double sum = 0;
  for (int64_t i = 0; i < length; i++) sum += x[i];
  return sum;
}

// The data of the kernels in TypeScript: the results have to be the same numbers.
static void prepare(const char *kernel) {
  int is_matrix = !strcmp(kernel, "matrix-multiply"), is_text = !strcmp(kernel, "word-count");
  int64_t length = is_matrix ? size * N : is_text || !strcmp(kernel, "monte-carlo-pi") ? 0 : size;
  int64_t others = is_matrix ? N * N : length;
  free(a), free(b), free(out), free(text);
  a = malloc(8 * length + 8), b = malloc(8 * others + 8), out = malloc(8 * length + 8);
  text = malloc(is_text ? size : 1);
  // First touched by the thread that will use it, where that matters.
#pragma omp parallel for
  for (int64_t i = 0; i < length; i++) {
    a[i] = is_matrix ? (i * 7 + (i >> 9)) % 10 : i % 10;
    out[i] = 0;
  }
#pragma omp parallel for
  for (int64_t i = 0; i < others; i++) b[i] = is_matrix ? (i * 3 + (i >> 9)) % 7 : i % 7;
  uint32_t s0, s1, s2, s3;
  uint64_t z = 1, low = next_seed(&z), high = next_seed(&z);
  s0 = low, s1 = low >> 32, s2 = high, s3 = high >> 32;
  for (int64_t at = 0; is_text && at < size;) {
    uint32_t bits = ROTATE(s0 + s3, 7) + s0, t = s1 << 9;
    s2 ^= s0, s3 ^= s1, s1 ^= s2, s0 ^= s3, s2 ^= t, s3 = ROTATE(s3, 11);
    for (int rest = bits & 7; rest >= 0 && at < size; rest--) text[at++] = 97 + (bits >> 8) % 26;
    if (at < size) text[at++] = (bits >> 16 & 15) == 0 ? 10 : 32;
  }
}

static const struct {
  const char *name;
  double (*run)(void);
} kernels[] = {
    {"monte-carlo-pi", monte_carlo_pi}, {"dot-product", dot_product},
    {"square-add", square_add},         {"triad", triad},
    {"matrix-multiply", matrix_multiply}, {"word-count", word_count},
};

int main(void) {
  char name[64];
  int threads, runs;
  while (scanf("%63s %ld %d %d", name, &size, &threads, &runs) == 4) {
    static char prepared[64];
    static int64_t prepared_size;
    omp_set_num_threads(threads);
    if (strcmp(name, prepared) || size != prepared_size) prepare(strcpy(prepared, name));
    prepared_size = size;
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
      if (strcmp(name, kernels[k].name)) continue;
      for (int run = 0; run < runs; run++) {
        double start = omp_get_wtime(), result = kernels[k].run();
        double ms = (omp_get_wtime() - start) * 1000;
        int64_t length = strcmp(name, "matrix-multiply") ? size : size * N;
        int writes = !strcmp(name, "square-add") || !strcmp(name, "triad") || length != size;
        printf("{\"result\": %.17g, \"ms\": %.6f}\n", writes ? sum_of(out, length) : result, ms);
      }
    }
    fflush(stdout);
  }
}
