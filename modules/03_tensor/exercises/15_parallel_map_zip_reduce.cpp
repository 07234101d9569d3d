#include "03_tensor/primitive.hpp"
#include "03_tensor/runs.hpp"
#include "03_tensor/threads.hpp"

namespace gradbook {
namespace {

// So many elements are worth waking a thread for
constexpr std::int64_t kGrain = 65536;

}  // namespace

void map_runs(const MapPrimitive& f, const Array& a, Array& out, int threads) {
  // TODO(3.15): threads share the runs of (out, a); where a repeats one number, compute it once
  not_started("3.15");
}

void zip_runs(const ZipPrimitive& f, const Array& a, const Array& b, Array& out, int threads) {
  // TODO(3.15): the same with three arrays, of which a and b are broadcast first
  not_started("3.15");
}

Array reduce_runs(const ReducePrimitive& f, const Array& a, const Axes& axes, bool keepdim,
                  int threads) {
  // TODO(3.15): each thread folds its runs into a result of its own; these are folded at the end
  not_started("3.15");
}

}  // namespace gradbook
