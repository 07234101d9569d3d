/// @file
/// The errors that functions of the workbook throw; each message says what was asked and both
/// facts.
#pragma once

#include <cstddef>
#include <exception>

namespace gradbook {

/// An error whose message is put together from texts and numbers:
///
///     throw ShapeError("zip_with: lists of lengths ", a.size(), " and ", b.size());
///
/// A message has at most 255 bytes. It is no std::runtime_error because every exercise sees this
/// header, and `<string>` takes longer to read than a whole exercise takes to compile.
class Error : public std::exception {
 public:
  /// From texts and numbers, one after the other.
  template <class... Parts>
  explicit Error(const char* text, const Parts&... parts) {
    append(text);
    (append(parts), ...);
  }

  /// From a text that was put together already, such as a std::string.
  template <class Text>
  requires requires(const Text& text) { text.c_str(); }
  explicit Error(const Text& text) : Error(text.c_str()) {}
  ~Error() override;

  /// The message.
  const char* what() const noexcept override { return message_; }

 private:
  void append(const char* text);
  void append(int number) { append(static_cast<long>(number)); }
  void append(long number);
  void append(std::size_t number);
  void append(double number);
  // A text that was put together already
  template <class Part>
  requires requires(const Part& part) { part.c_str(); }
  void append(const Part& part) { append(part.c_str()); }
  // What has a text of its own, such as a shape
  template <class Part>
  requires requires(const Part& part) { part.text().c_str(); }
  void append(const Part& part) { append(part.text().c_str()); }

  char message_[256] = "";
  std::size_t length_ = 0;  // of the message, without its final 0
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
