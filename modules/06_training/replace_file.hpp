/// @file
/// A file that is replaced whole, or stays as it was.
#pragma once

#include <string>
#include <string_view>

namespace gradbook {

/// Writes to a new file beside `path`, and puts it in its place once all of it is on the disk:
/// whoever kills the program or fills the disk, the old file is there or the new one. A program
/// that is killed on the way leaves the new file beside it, "PATH.new." and its process number.
/// @throws CheckpointError  where it cannot be written, with the reason and the path; the new file
///                          is gone then
void replace_file(const std::string& path, std::string_view bytes);

}  // namespace gradbook
