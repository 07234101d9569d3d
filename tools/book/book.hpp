/// @file
/// The book as the program sees it: modules and exercises as module.toml declares them, and where
/// their files are.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// One exercise, which is one file.
struct Exercise {
  std::string id;      // "2.2", its name in every file, test, report and command
  std::string module;  // "02_scalar"
  std::string name;    // "topological_sort"
  std::string title;
  std::string learnt;  // what a student knows once it is done
  double points = 0;
  int minutes = 0;                         // how long it takes a student
  bool stretch = false;                    // worth points, never a prerequisite
  std::vector<std::string> prerequisites;  // ids
  std::vector<std::string> forbidden;      // names that it may not call, as demangled
  std::vector<std::string> levels;         // optimisation levels at which the cases run besides
  std::vector<std::string> hints;          // a nudge, the idea, almost the answer
  std::vector<std::string> precompiled;    // headers of its own, besides the module's
  bool regions = false;                    // only what stands between marks is the student's

  std::string stem() const;  // "02_topological_sort"
};

struct Module {
  std::string directory;  // "02_scalar"
  int number = 0;
  bool given = false;  // in a handout: not handed out, but others build on it
  std::string title;
  std::string goal;
  bool kernels = false;  // its exercises are CUDA kernels: compiled, linked and run as kernels are
  bool program_options = false;        // its program takes options of its own
  std::string run_preset;              // what its program is built with; empty: as checks are
  std::vector<std::string> emulated;   // how its program is asked for little, where what computes
                                       // is a device that is emulated; empty: it needs none
  std::string backend;                 // the exercise by which other modules' programs can compute
  std::vector<std::string> forbidden;  // names that none of its exercises may call
  std::vector<std::string> beneath;    // exercises that given code calls
  std::vector<std::string>
      precompiled;  // headers that every exercise is compiled with (CMake reads them)
  std::vector<Exercise> exercises;
};

/// All modules below `root`, in order.
class Book {
 public:
  /// Reads every module.toml. @throws UserError with file and line for one that does not parse,
  /// lacks a key, or has one that nothing reads
  explicit Book(fs::path root);

  const fs::path& root() const { return root_; }
  const std::vector<Module>& modules() const { return modules_; }

  const Exercise* find(std::string_view id) const;

  /// The module called "02", "2" or "02_scalar". @throws UserError
  const Module& module(const std::string& what) const;

  /// The exercises meant by "2.2", "topological_sort", "02", "02_scalar" or the path of an exercise
  /// file; all for "". Modules that are only given have none.
  /// @throws UserError that offers the nearest name
  std::vector<const Exercise*> select(std::string_view what) const;

  /// Ids of all exercises that `exercise` builds on: prerequisites, what lies beneath its module,
  /// and beneath the modules of all these.
  std::vector<std::string> foundations(const Exercise& exercise) const;

  /// Ids of all that lies beneath modules up to that of `exercise`: it is linked with their given
  /// code, whether it builds on that or not.
  std::set<std::string> linked_anyway(const Exercise& exercise) const;

  fs::path solution(const Exercise& e) const {
    return root_ / "solutions" / e.module / (e.stem() + ".cpp");
  }
  fs::path stub(const Exercise& e) const { return root_ / stub_path(e); }
  /// A handout has the stubs a second time, for reset; the repository makes them from solutions.
  fs::path kept_stub(const Exercise& e) const {
    return root_ / "stubs" / e.module / (e.stem() + ".cpp");
  }
  /// The archive of a module's references that a handout brings for one platform.
  fs::path references(const std::string& platform, const Module& m) const {
    return root_ / "references" / platform / (m.directory + ".a");
  }
  fs::path public_tests(const Exercise& e) const {
    return root_ / "tests" / e.module / (e.stem() + "_test.cpp");
  }
  fs::path hidden_cases(const Exercise& e) const {
    return root_ / "tests" / e.module / "hidden" / (e.stem() + "_cases.cpp");
  }
  fs::path mutants(const Exercise& e) const {
    return root_ / "tests" / e.module / "mutants" / (e.stem() + ".toml");
  }

  /// Where a student's file stands inside a workbook:
  /// "modules/02_scalar/exercises/02_topological_sort.cpp".
  static fs::path stub_path(const Exercise& e) {
    return fs::path("modules") / e.module / "exercises" / (e.stem() + ".cpp");
  }

 private:
  fs::path root_;
  std::vector<Module> modules_;
};

}  // namespace gradbook
