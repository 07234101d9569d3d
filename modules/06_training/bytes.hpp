/// @file
/// Numbers and texts as bytes, the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "00_course/error.hpp"

namespace gradbook {

/// A checkpoint cannot be read or written; what it would have changed is as before.
class CheckpointError : public Error {
 public:
  using Error::Error;
  ~CheckpointError() override;
};

/// Puts bytes together, the lowest of a number first.
class ByteWriter {
 public:
  /// Eight bytes.
  void integer(std::uint64_t number);
  /// Eight bytes, as IEEE 754 has them.
  void real(double number);
  /// Its length as an integer, then its bytes.
  void text(std::string_view text);

  /// All so far.
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Takes bytes apart again, in the same order.
class ByteReader {
 public:
  /// Bytes that outlive it.
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  /// The next eight bytes as a number. @throws CheckpointError  where there are not as many:
  /// "truncated: it has 100 bytes, and 8 are needed from byte 96 on"
  std::uint64_t integer();
  /// The next eight as a real. @throws CheckpointError  as above
  double real();
  /// A length, and so many bytes. @throws CheckpointError  as above
  std::string text();

  /// How many bytes are left.
  std::size_t left() const { return bytes_.size() - position_; }

 private:
  std::string_view take(std::uint64_t n);

  std::string_view bytes_;
  std::size_t position_ = 0;
};

/// A number that changes with every byte: FNV-1a of 64 bits.
/// @see  Fowler, Noll and Vo, "FNV hash", RFC 9923
std::uint64_t checksum(std::string_view bytes);

}  // namespace gradbook
