/// @file
/// What `gradbook run 09` can be asked for.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

namespace gradbook {

/// What was asked for cannot be done; the message is one sentence that says why.
class LadderRefusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The options, and where files go.
struct LadderOptions {
  std::filesystem::path folder;  ///< where files are left
  int size = 256;                ///< rows and columns of all three matrices
  std::string rung;              ///< one alone; empty: all
};

/// Reads a command line: a folder, then options. @throws LadderRefusal  where one is unknown or
/// makes no sense
/// @returns  none where only help was asked for
std::optional<LadderOptions> parse_ladder_options(int argc, char** argv);

}  // namespace gradbook
