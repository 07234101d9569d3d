#include "00_course/error.hpp"

#include <cstddef>

namespace gradbook {

Error::Error(const char* message) {
  std::size_t i = 0;
  for (; message[i] != '\0' && i + 1 < sizeof message_; ++i) message_[i] = message[i];
  message_[i] = '\0';
}

Error::~Error() = default;
ShapeError::~ShapeError() = default;
RangeError::~RangeError() = default;

}  // namespace gradbook
