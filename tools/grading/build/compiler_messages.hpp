/// @file
/// What of a compiler's messages helps whoever wrote the file.
#pragma once

#include <string>
#include <vector>

namespace gradbook {

/// The compiler's first errors in the student's file, with the line of code; those in our headers
/// only where there is none. At most three, at most 16 lines.
std::vector<std::string> first_errors(const std::string& messages, const std::string& file);

/// The compiler's first warnings in the student's file; at most two.
std::vector<std::string> first_warnings(const std::string& messages, const std::string& file);

/// Whether the compiler or the assembler found an error in the file, rather than failed itself.
bool blames_the_file(const std::string& messages);

/// Where `text` stops being UTF-8; npos when it is UTF-8 throughout.
std::size_t first_bad_utf8(const std::string& text);

}  // namespace gradbook
