#include <algorithm>

#include "04_autograd/tensor.hpp"

namespace gradbook {

void Context::save(const Tensor& input) {
  // TODO(4.1): only while recording; note the version of its storage
  not_started("4.1");
}

Array Context::save_output(const Array& output) {
  // TODO(4.1): the same, as a tensor without history that is marked as the output
  not_started("4.1");
}

Tensor Context::saved(int i) const {
  // TODO(4.1): compare the versions; the output gets its history back here
  not_started("4.1");
}

Tensor apply(const Function& function, Inputs inputs, const Attributes& attributes) {
  // TODO(4.1): forward with a context that records where someone will ask, then record
  not_started("4.1");
}

}  // namespace gradbook
