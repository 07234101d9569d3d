/// @file
/// A folder of submissions, made by a test.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grading/submission/submission.hpp"
#include "tools/program.hpp"

namespace gradbook {

inline const std::string kStem = "02_topological_sort";
inline const std::string kInside = "02_scalar/exercises/02_topological_sort.cpp";

class Submissions : public testing::Test {
 protected:
  void put(const fs::path& path, const std::string& text = "int x;\n") const {
    write_atomically(folder_.path() / path, text);
  }
  ClassFolder collected(const fs::path& below = "", const Roster& roster = {}) const {
    return collect(book_, folder_.path() / below, roster);
  }
  // The only submission of the folder
  Submission only(const fs::path& below = "") const {
    ClassFolder all = collected(below);
    EXPECT_EQ(all.submissions.size(), 1u);
    return all.submissions.empty() ? Submission() : all.submissions.front();
  }
  static std::vector<std::string> students(const ClassFolder& all) {
    std::vector<std::string> names;
    for (const Submission& s : all.submissions) names.push_back(s.student);
    return names;
  }

  const Book book_{root_folder()};
  Folder folder_;
};

}  // namespace gradbook
