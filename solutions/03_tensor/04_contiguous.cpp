#include "03_tensor/array.hpp"

namespace gradbook {

Array contiguous(const Array& a) {
  // SOLUTION BEGIN  nothing to do where it is so already; else copy element by element, in order
  if (a.is_contiguous()) return a;
  Array copy(a.shape());
  Real* next = copy.mutable_data();
  for (std::int64_t position = 0; position < a.size(); ++position)
    *next++ = a.at(position_to_index(position, a.shape()));
  return copy;
  // SOLUTION END
}

}  // namespace gradbook
