// The rungs of the ladder, and the product by tensor cores.
#include "09_cuda/rungs.hpp"

#include "09_cuda/tensor_cores.hpp"
#include "contenders.hpp"

namespace gradbook::bench {
namespace {

// Nobody waits between start and stop: multiply() would, and cuBLAS does not
class RungProduct final : public Candidate {
 public:
  RungProduct(const Rung& rung, int n) : rung_(rung), g_{.m = n, .n = n, .k = n} {}
  void run(const float* a, const float* b, float* c) override {
    launch_async(rung_.kernel, grid_of(rung_, g_), rung_.block, rung_.shared, nullptr)(g_, a, b, c);
  }

 private:
  Rung rung_;
  Gemm g_;
};

// Its inputs are numbers of 16 bits, two in a float
class WmmaProduct final : public Candidate {
 public:
  explicit WmmaProduct(int n) : g_{.m = n, .n = n, .k = n} {}
  void run(const float* a, const float* b, float* c) override {
    const auto blocks = static_cast<unsigned>((g_.n + kWmmaTile - 1) / kWmmaTile);
    launch_async(matmul_wmma_kernel, {blocks, blocks}, {128}, 0, nullptr)(
        g_, reinterpret_cast<const __half*>(a), reinterpret_cast<const __half*>(b), c);
  }

 private:
  Gemm g_;
};

}  // namespace

std::unique_ptr<Candidate> naive_product(int n) {
  return std::make_unique<RungProduct>(rungs()[0], n);
}

std::vector<Contender> rungs_of_the_book() {
  std::vector<Contender> all;
  for (const Rung& rung : rungs())
    all.push_back({.name = rung.name,
                   .make = [rung](int n) { return std::make_unique<RungProduct>(rung, n); }});
  all.push_back({.name = "tensor cores (9.12)", .numbers = Numbers::float16, .make = [](int n) {
                   return std::make_unique<WmmaProduct>(n);
                 }});
  return all;
}

}  // namespace gradbook::bench
