#include "05_modules/dropout.hpp"

namespace gradbook {

Dropout::~Dropout() = default;

Dropout::Dropout(double p, std::uint64_t seed) : p_(p), random_(seed) {
  if (!(p >= 0 && p <= 1)) throw RangeError("Dropout: p is ", p, ", not between 0 and 1");
}

const char* Dropout::name() const { return "Dropout"; }

Module& Dropout::operator()(Module& x) { return p_ == 0 ? x : apply_fwd({&x}); }

}  // namespace gradbook
