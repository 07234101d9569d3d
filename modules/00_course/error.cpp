#include "00_course/error.hpp"

#include <cstdio>

namespace gradbook {
namespace {

// Room for any number, and its final 0
struct Digits {
  char text[32];
};

template <class Number>
Digits digits(const char* format, Number number) {
  Digits result;
  std::snprintf(result.text, sizeof result.text, format, number);
  return result;
}

}  // namespace

void Error::append(const char* text) {
  for (; *text != '\0' && length_ + 1 < sizeof message_; ++text) message_[length_++] = *text;
  message_[length_] = '\0';
}

void Error::append(long number) { append(digits("%ld", number).text); }
void Error::append(std::size_t number) { append(digits("%zu", number).text); }
void Error::append(double number) { append(digits("%.17g", number).text); }

Error::~Error() = default;
ShapeError::~ShapeError() = default;
RangeError::~RangeError() = default;

}  // namespace gradbook
