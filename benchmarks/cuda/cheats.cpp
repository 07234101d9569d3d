// Kernels that seem to be fast, each by another trick that programs which search for kernels have
// come upon. If one of them is taken in for honest, no time of this benchmark means anything.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "09_cuda/ladder.hpp"
#include "contenders.hpp"

namespace gradbook::bench {
namespace {

// A naive product, and results that it has kept
class CheatingProduct : public Candidate {
 public:
  explicit CheatingProduct(int n)
      : honest_(naive_product(n)),
        size_(static_cast<std::size_t>(n) * static_cast<std::size_t>(n)) {}

 protected:
  void work(const float* a, const float* b, float* c) { honest_->run(a, b, c); }
  std::size_t size() const { return size_; }

  // Gives what is kept for `key`; computes it first where nothing is
  template <class Key>
  void remember(std::map<Key, DeviceBuffer<float>>& kept, const Key& key, const float* a,
                const float* b, float* c) {
    auto found = kept.find(key);
    if (found == kept.end()) {
      found = kept.emplace(key, DeviceBuffer<float>(size_)).first;
      work(a, b, found->second.data());
    }
    check_device(cudaMemcpyAsync(c, found->second.data(), size_ * sizeof(float),
                                 cudaMemcpyDeviceToDevice, nullptr),
                 "copy a result");
  }

 private:
  std::unique_ptr<Candidate> honest_;
  std::size_t size_;
};

class FirstForEver final : public CheatingProduct {
 public:
  using CheatingProduct::CheatingProduct;
  void run(const float* a, const float* b, float* c) override { remember(kept_, 0, a, b, c); }

 private:
  std::map<int, DeviceBuffer<float>> kept_;
};

class IdleOnceWarm final : public CheatingProduct {
 public:
  using CheatingProduct::CheatingProduct;
  void run(const float* a, const float* b, float* c) override {
    if (is_cold_) work(a, b, c);
    is_cold_ = false;
  }

 private:
  bool is_cold_ = true;
};

class KnowsAddresses final : public CheatingProduct {
 public:
  using CheatingProduct::CheatingProduct;
  void run(const float* a, const float* b, float* c) override {
    remember(kept_, std::pair(a, b), a, b, c);
  }

 private:
  std::map<std::pair<const float*, const float*>, DeviceBuffer<float>> kept_;
};

// Never wrong, and quick once it has met a question
class KnowsNumbers final : public CheatingProduct {
 public:
  using CheatingProduct::CheatingProduct;
  void run(const float* a, const float* b, float* c) override {
    std::array<float, 2 * kLooked> looked{};
    const std::size_t bytes = std::min(kLooked, size()) * sizeof(float);
    check_device(cudaMemcpy(looked.data(), a, bytes, cudaMemcpyDeviceToHost), "look at A");
    check_device(cudaMemcpy(looked.data() + kLooked, b, bytes, cudaMemcpyDeviceToHost),
                 "look at B");
    remember(kept_, looked, a, b, c);
  }

 private:
  static constexpr std::size_t kLooked = 16;  // numbers of each matrix that tell it apart
  std::map<std::array<float, 2 * kLooked>, DeviceBuffer<float>> kept_;
};

// All but the last row
class LeavesOutARow final : public Candidate {
 public:
  explicit LeavesOutARow(int n) : g_{.m = n - 1, .n = n, .k = n} {}
  void run(const float* a, const float* b, float* c) override {
    const auto blocks = static_cast<unsigned>((g_.n + kGemmTile - 1) / kGemmTile);
    launch_async(matmul_tiled_kernel, {blocks, blocks}, {kGemmTile, kGemmTile}, 0, nullptr)(g_, a,
                                                                                            b, c);
  }

 private:
  Gemm g_;
};

// c = a · b of (n, n), with factors as a tensor core takes them
__global__ void ten_bits_kernel(int n, const float* a, const float* b, float* c) {
  const int row = static_cast<int>(blockIdx.y),
            column = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (column >= n) return;
  float sum = 0;
  for (int k = 0; k < n; ++k)
    sum += static_cast<float>(__half(a[static_cast<long long>(row) * n + k])) *
           static_cast<float>(__half(b[static_cast<long long>(k) * n + column]));
  c[static_cast<long long>(row) * n + column] = sum;
}

class TenBits final : public Candidate {
 public:
  explicit TenBits(int n) : n_(n) {}
  void run(const float* a, const float* b, float* c) override {
    constexpr unsigned kThreads = 64;
    const auto n = static_cast<unsigned>(n_);
    launch_async(ten_bits_kernel, {(n + kThreads - 1) / kThreads, n}, {kThreads}, 0, nullptr)(n_, a,
                                                                                              b, c);
  }

 private:
  int n_;
};

template <class Kind>
Cheat cheat(const char* name, Finding expected) {
  return {{.name = name, .make = [](int n) { return std::make_unique<Kind>(n); }}, expected};
}

}  // namespace

std::vector<Cheat> cheats() {
  return {cheat<FirstForEver>("first result for ever", Finding::wrong_when_timed),
          cheat<IdleOnceWarm>("idle once warm", Finding::wrong_when_timed),
          cheat<LeavesOutARow>("leaves out a row", Finding::wrong_when_timed),
          cheat<TenBits>("ten bits", Finding::wrong_when_timed),
          cheat<KnowsAddresses>("knows addresses", Finding::wrong_on_fresh_inputs),
          cheat<KnowsNumbers>("knows numbers", Finding::slower_on_fresh_inputs)};
}

}  // namespace gradbook::bench
