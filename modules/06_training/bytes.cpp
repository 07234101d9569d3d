#include "06_training/bytes.hpp"

#include <bit>

namespace gradbook {

CheckpointError::~CheckpointError() = default;

void ByteWriter::integer(std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) bytes_.push_back(static_cast<char>(number >> shift));
}

void ByteWriter::real(double number) { integer(std::bit_cast<std::uint64_t>(number)); }

void ByteWriter::text(std::string_view text) {
  integer(text.size());
  bytes_ += text;
}

std::string_view ByteReader::take(std::uint64_t n) {
  if (n > left())
    throw CheckpointError("truncated: it has ", bytes_.size(), " bytes, and ", n,
                          " are needed from byte ", position_, " on");
  position_ += n;
  return bytes_.substr(position_ - n, n);
}

std::uint64_t ByteReader::integer() {
  std::uint64_t number = 0;
  int shift = 0;
  for (const char byte : take(8)) {
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
    shift += 8;
  }
  return number;
}

double ByteReader::real() { return std::bit_cast<double>(integer()); }

std::string ByteReader::text() { return std::string(take(integer())); }

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3;
  }
  return hash;
}

}  // namespace gradbook
