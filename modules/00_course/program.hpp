/// @file
/// What a module's own program and `gradbook run` agree on, besides progress.hpp.
///
/// The program gets a folder as its first argument, and what `run` was given and does not know
/// itself after it.
#pragma once

namespace gradbook {

/// Exit status of a program that could not do what its options ask for, and has said why.
inline constexpr int kRefused = 2;

/// The environment variable that names the folder of data that was fetched at set-up.
inline constexpr const char* kDataFolder = "GRADBOOK_DATA";

/// The environment variable that names the folder in which the last run's files are.
inline constexpr const char* kLastRun = "GRADBOOK_LAST_RUN";

}  // namespace gradbook
