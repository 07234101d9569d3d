/// @file
/// The book of two exercises, tests/tools/book, with a build tree of its own: to be changed,
/// finished and broken.
#pragma once

#include "system/process.hpp"
#include "tools/program.hpp"

namespace gradbook {

/// A copy in a temporary folder, with stubs written and its build tree configured. That takes
/// seconds: a suite shares one.
class SampleBook {
 public:
  SampleBook();

  const fs::path& root() const { return folder_.path(); }

  /// What CMake said; tests are to begin with an assertion that it went well.
  const Completion& configured() const { return configured_; }

 private:
  Folder folder_;
  Completion configured_;
};

}  // namespace gradbook
