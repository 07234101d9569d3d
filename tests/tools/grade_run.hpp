/// @file
/// `gradbook grade` as an instructor runs it on students of the sample class, for end-to-end tests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/class/make_class.hpp"
#include "tools/program.hpp"

namespace gradbook {

/// A line of grades.csv: all of its fields by the title of their column.
using Row = std::map<std::string, std::string>;

/// Some students of the sample class in a folder of the test's own, and what they are graded into:
/// the folders are those that `gradbook demo --out` makes.
class GradeRun {
 public:
  /// The whole class, with its course.
  GradeRun();

  /// @param students  by name, in a course of the first two modules, which is enough to look at how
  ///                  a class is graded
  explicit GradeRun(const std::vector<std::string>& students);

  /// Runs `gradbook grade` on them, with the class's course file and these options besides.
  /// @param wall  it is killed after so long; 0: ten minutes
  Completion grade(std::vector<std::string> options = {},
                   std::chrono::milliseconds wall = std::chrono::milliseconds{0}) const;

  /// The line of grades.csv for each student and exercise.
  std::map<std::pair<std::string, std::string>, Row> rows() const;

  /// All reports by their names, without times and durations.
  std::map<std::string, std::string> reports() const;

  /// The texts of all results in the journal, by key.
  std::map<std::string, std::string> journal() const;

  const std::vector<SampleStudent>& students() const { return students_; }
  fs::path submissions() const { return folder_.path() / "class" / "submissions"; }
  fs::path out() const { return folder_.path() / "class" / "grades"; }
  fs::path folder() const { return folder_.path(); }
  const fs::path& course() const { return course_; }
  const Book& book() const { return book_; }

 private:
  Folder folder_;
  Book book_;
  fs::path course_;
  std::vector<SampleStudent> students_;
};

}  // namespace gradbook
