// Linked into the program of another module by `run --device cuda`: before its main begins, it
// computes with the kernels.
#include "09_cuda/cuda_product.hpp"

namespace gradbook {
namespace {

[[maybe_unused]] const bool kChosen = [] {
  check_kernels(false);  // they are fast here, and were checked when they were written
  use_backend(cuda_backend());
  use_product(cuda_product);
  return true;
}();

}  // namespace
}  // namespace gradbook
