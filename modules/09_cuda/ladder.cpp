// What is looked at before a kernel of the ladder is launched.
#include "09_cuda/ladder.hpp"

#include <cstdint>

namespace gradbook {
namespace {

constexpr int kLargest = 1 << 30;  // so that a kernel may add a tile to an index of 32 bits

// Elements from the first of all matrices to the last, so that memory of this length holds them
long long extent(int rows, int columns, int apart, long long stride, int batch) {
  return (batch - 1) * stride + static_cast<long long>(rows - 1) * apart + columns;
}

void check_size(const char* name, int size) {
  if (size < 0 || size > kLargest)
    throw ShapeError("multiply: ", name, " is ", size, ", and a size is from 0 to ", kLargest);
}

void check_rows(const char* matrix, const char* name, int apart, int row) {
  if (apart < row)
    throw ShapeError("multiply: ", name, " is ", apart, ", less than a row of ", matrix,
                     ", which has ", row, " elements");
}

void check_stride(const char* name, long long stride) {
  if (stride < 0)
    throw ShapeError("multiply: ", name, " is ", static_cast<long>(stride),
                     ", and the next matrix comes after this one");
}

// Each element of each C is computed once: one after the other, or the rows of one between those of
// another
void check_batch_of_c(const Gemm& g, int batch) {
  if (batch == 1 || g.stride_c >= extent(g.m, g.n, g.ldc, 0, 1) ||
      (g.stride_c >= g.n && extent(1, g.n, 0, g.stride_c, batch) <= g.ldc))
    return;
  throw ShapeError("multiply: ", batch, " matrices C of (", g.m, ", ", g.n, ") with ldc ", g.ldc,
                   " share elements where stride_c is ", static_cast<long>(g.stride_c));
}

void check_pointer(const char* name, const float* pointer) {
  if (pointer == nullptr) throw RangeError("multiply: ", name, " is a null pointer");
}

void check_apart(const char* name, const float* from, long long count, const float* c,
                 long long count_of_c) {
  const auto first = reinterpret_cast<std::uintptr_t>(from),
             first_of_c = reinterpret_cast<std::uintptr_t>(c);
  const auto last = first + static_cast<std::uintptr_t>(count) * sizeof(float),
             last_of_c = first_of_c + static_cast<std::uintptr_t>(count_of_c) * sizeof(float);
  if (first < last_of_c && first_of_c < last)
    throw RangeError("multiply: C lies where ", name,
                     " is, and blocks would read what others have written: give C memory of its "
                     "own");
}

void check_blocks(const char* name, unsigned blocks, unsigned most) {
  if (blocks > most)
    throw ShapeError("multiply: ", static_cast<std::size_t>(blocks), " blocks along ", name,
                     " of the grid, and a GPU takes ", static_cast<std::size_t>(most));
}

unsigned blocks_of(int size, int each) {
  return (static_cast<unsigned>(size) + static_cast<unsigned>(each) - 1) /
         static_cast<unsigned>(each);
}

}  // namespace

dim3 grid_of(const Rung& rung, const Gemm& g, int batch) {
  const unsigned down = blocks_of(g.m, rung.rows), along = blocks_of(g.n, rung.columns),
                 matrices = static_cast<unsigned>(batch);
  return rung.down ? dim3{down, along, matrices} : dim3{along, down, matrices};
}

void multiply(const Rung& rung, const Gemm& g, const float* a, const float* b, float* c,
              int batch) {
  check_size("m", g.m);
  check_size("n", g.n);
  check_size("k", g.k);
  check_size("batch", batch);
  check_rows("A", "lda", g.lda, g.k);
  check_rows("B", "ldb", g.ldb, g.n);
  check_rows("C", "ldc", g.ldc, g.n);
  check_stride("stride_a", g.stride_a);
  check_stride("stride_b", g.stride_b);
  if (g.m == 0 || g.n == 0 || batch == 0) return;

  check_pointer("c", c);
  check_batch_of_c(g, batch);
  if (g.k > 0) {
    check_pointer("a", a);
    check_pointer("b", b);
    const long long count_of_c = extent(g.m, g.n, g.ldc, g.stride_c, batch);
    check_apart("A", a, extent(g.m, g.k, g.lda, g.stride_a, batch), c, count_of_c);
    check_apart("B", b, extent(g.k, g.n, g.ldb, g.stride_b, batch), c, count_of_c);
  }
  constexpr unsigned kMostOfOthers = 65535;
  const dim3 grid = grid_of(rung, g, batch);
  check_blocks("y", grid.y, kMostOfOthers);
  check_blocks("z", grid.z, kMostOfOthers);
  launch(rung.kernel, grid, rung.block, rung.shared)(g, a, b, c);
}

}  // namespace gradbook
