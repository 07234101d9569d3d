/// @file
/// Where a call stands, for errors that name the line.
#pragma once

#include <source_location>

namespace gradbook {

#ifdef __cpp_lib_source_location

/// The standard library's.
using SourceLocation = std::source_location;

#else

/// The same where the compiler knows no std::source_location, as clang 14, which looks for faults
/// in this code and makes none of it.
class SourceLocation {
 public:
  /// Of whoever calls.
  static constexpr SourceLocation current(const char* file = __builtin_FILE(),
                                          unsigned line = __builtin_LINE()) {
    SourceLocation here;
    here.file_ = file;
    here.line_ = line;
    return here;
  }

  /// Of the source.
  constexpr const char* file_name() const { return file_; }
  /// From 1 on.
  constexpr unsigned line() const { return line_; }
  /// Not known.
  constexpr unsigned column() const { return 0; }

 private:
  const char* file_ = "";
  unsigned line_ = 0;
};

#endif

}  // namespace gradbook
