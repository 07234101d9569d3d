#include "02_scalar/tape.hpp"
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
    throw RangeError("Tape::backward: the number is entry ", std::size_t{y.entry_},
                     " of a tape with ", entries_.size(), ": was the tape cleared?");
  }
}

}  // namespace gradbook
