/// @file
/// Lets gradbooks that share a folder take turns.
#pragma once

#include "system/file.hpp"

namespace gradbook {

/// Holds the lock of a folder as long as it lives; waits for whoever has it. Between processes and
/// threads alike.
class Lock {
 public:
  explicit Lock(const fs::path& folder);
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int file_;
};

}  // namespace gradbook
