/// @file
/// The errors that functions of the workbook throw; each message says what was asked and both
/// facts.
#pragma once

#include <exception>

namespace gradbook {

/// An error with a message of its own, of up to 255 bytes.
///
/// It is no std::runtime_error because every exercise sees this header, and <stdexcept> takes
/// longer to read than a whole exercise takes to compile.
class Error : public std::exception {
 public:
  explicit Error(const char* message);

  /// From a std::string.
  template <class Text>
  explicit Error(const Text& message) : Error(message.c_str()) {}
  ~Error() override;

  const char* what() const noexcept override { return message_; }

 private:
  char message_[256];
};

/// Sizes that do not go together, such as two lists of lengths 3 and 4 added up.
class ShapeError : public Error {
 public:
  using Error::Error;
  ~ShapeError() override;
};

/// An index or argument outside of what a function takes.
class RangeError : public Error {
 public:
  using Error::Error;
  ~RangeError() override;
};

}  // namespace gradbook
