/// @file
/// What a hidden case sees, as plain data, and the bytes in which it travels from worker to judge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradbook {

/// How far a number may be from the reference's, by the length of the sum behind it.
///
/// The allowed distance is 8 · eps · terms · max(|expected|, scale), with eps of double. Two
/// correct ways to add n terms differ by rounding that grows with n and with the size of the terms,
/// not of the result: give `scale` where large terms cancel.
struct Tolerance {
  double terms = 1;
  double scale = 0;
};

enum class Role : char {
  input = 'i',        // what the case drew and handed to the exercise
  call = 'c',         // what is about to be called, in words
  observation = 'o',  // what came back: this is judged
  not_started = 'n',  // the exercise still holds its stub
  thrown = 't',       // an exception left the case: its type is the label, its message the text
  end = 'e',          // the case ran to its end
  // On a GPU, where only the emulator knows what the label says; without what comes next, the rest
  only_emulated = 'g',
};

enum class Type : char { real = 'r', integer = 'i', text = 't' };

/// One thing seen, with a label, a type and a shape. A single number has rank 0, and one element.
struct Observation {
  Role role = Role::observation;
  Type type = Type::real;
  std::string label;
  std::vector<std::uint64_t> shape;
  std::vector<double> reals;           // when type is real
  std::vector<std::int64_t> integers;  // when type is integer
  std::string text;                    // when type is text
  Tolerance tolerance;
};

using Observations = std::vector<Observation>;

/// The bytes of one observation: a length, then its fields.
std::string encode(const Observation& observation);

/// Reads as many whole observations as `bytes` holds.
///
/// The bytes come from a process that runs a student's code: nothing in them is trusted. Reading
/// stops at the first that is malformed, and `malformed` is set; what came before it is kept.
Observations decode(std::string_view bytes, bool& malformed);

/// The shape as the book writes it: "()", "(3)", "(2, 3)".
std::string shape_text(std::span<const std::uint64_t> shape);

}  // namespace gradbook
