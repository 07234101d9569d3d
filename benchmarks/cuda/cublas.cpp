// NVIDIA's own products, which the rungs are compared with.
#include <cublas_v2.h>

#include "contenders.hpp"

namespace gradbook::bench {
namespace {

void check_cublas(cublasStatus_t status, const std::string& what) {
  if (status != CUBLAS_STATUS_SUCCESS)
    throw DeviceError("cuBLAS does not " + what + ": " + cublasGetStatusString(status));
}

class Handle {
 public:
  Handle() { check_cublas(cublasCreate(&handle_), "begin"); }
  ~Handle() { cublasDestroy(handle_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  cublasHandle_t get() const { return handle_; }

 private:
  cublasHandle_t handle_ = nullptr;
};

// It takes matrices column by column: what is C = A · B to us is Cᵀ = Bᵀ · Aᵀ to it
class CublasProduct final : public Candidate {
 public:
  CublasProduct(int n, Numbers numbers) : n_(n), numbers_(numbers) {
    // Its default for floats is arithmetic of 32 bits; what has ten would be found out
    check_cublas(cublasSetMathMode(handle_.get(), CUBLAS_DEFAULT_MATH), "choose its arithmetic");
  }

  void run(const float* a, const float* b, float* c) override {
    const float one = 1, zero = 0;
    if (numbers_ == Numbers::float32) {
      check_cublas(cublasSgemm(handle_.get(), CUBLAS_OP_N, CUBLAS_OP_N, n_, n_, n_, &one, b, n_, a,
                               n_, &zero, c, n_),
                   "multiply floats");
      return;
    }
    const cudaDataType type = numbers_ == Numbers::float16 ? CUDA_R_16F : CUDA_R_16BF;
    check_cublas(
        cublasGemmEx(handle_.get(), CUBLAS_OP_N, CUBLAS_OP_N, n_, n_, n_, &one, b, type, n_, a,
                     type, n_, &zero, c, CUDA_R_32F, n_, CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT),
        "multiply numbers of 16 bits");
  }

 private:
  Handle handle_;
  int n_;
  Numbers numbers_;
};

Contender product(const char* name, Numbers numbers) {
  return {.name = name, .numbers = numbers, .is_cublas = true, .make = [numbers](int n) {
            return std::make_unique<CublasProduct>(n, numbers);
          }};
}

}  // namespace

std::string about_cublas() {
  int major = 0, minor = 0, patch = 0;
  check_cublas(cublasGetProperty(MAJOR_VERSION, &major), "say its version");
  check_cublas(cublasGetProperty(MINOR_VERSION, &minor), "say its version");
  check_cublas(cublasGetProperty(PATCH_LEVEL, &patch), "say its version");
  return "cuBLAS " + std::to_string(major) + "." + std::to_string(minor) + "." +
         std::to_string(patch);
}

std::vector<Contender> products_of_cublas() {
  return {product("cublasSgemm", Numbers::float32), product("cublasGemmEx, fp16", Numbers::float16),
          product("cublasGemmEx, bf16", Numbers::bfloat16)};
}

}  // namespace gradbook::bench
