#include "02_scalar/tape.hpp"

#include <fmt/format.h>

namespace gradbook {

Tape* Tape::common(const Taped& a, const Taped& b) {
  if (a.tape_ != nullptr && b.tape_ != nullptr) {
    throw RangeError("Taped: an operation on numbers of two tapes, which neither could pass back");
  }
  return a.tape_ != nullptr ? a.tape_ : b.tape_;
}

void Tape::require_own(const Taped& y) const {
  if (y.tape_ != nullptr && y.tape_ != this) {
    throw RangeError("Tape::backward: the number was recorded on another tape");
  }
  if (y.entry_ >= entries_.size()) {
    throw RangeError(fmt::format(
        "Tape::backward: the number is entry {} of a tape with {}: was the tape cleared?", y.entry_,
        entries_.size()));
  }
}

}  // namespace gradbook
