/// @file
/// A desk at which files are graded, one after the other.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "grading/build/workshop.hpp"
#include "grading/sandbox/sandbox.hpp"
#include "grading/unit/unit.hpp"
#include "grading/worker/limits.hpp"

namespace gradbook {

/// What holds for every unit of a class.
struct GradingRules {
  std::uint64_t seed = 1;
  WorkerLimits limits{10, 30, 0};  // of one case; memory is the room's
  int memory_mib = 1024;           // of one case
  int processes = 64;              // of one case
  bool audit = true;               // refuse what an exercise may not call
};

/// Compiles, audits, links and judges files in rooms of a sandbox. Each thread has a desk of its
/// own.
class Desk {
 public:
  /// @param folder  where it works; nobody else writes there
  /// @param store   where all desks keep the objects that they compiled
  Desk(const Workshop& workshop, const Sandbox& sandbox, fs::path folder, fs::path store,
       GradingRules rules);

  /// Grades one file of a prepared exercise. What the student's code does is a state; only what is
  /// not its doing (no compiler, a full disk) is an exception.
  UnitResult grade(const Exercise& e, std::string_view bytes);

  /// The object of a file that compiles, from the store or made now. @throws UserError when it does
  /// not compile after all
  fs::path object_of(const Exercise& e, std::string_view bytes);

  /// Grades an object of `e` with these objects in place of references.
  UnitResult grade_linked(const Exercise& e, const fs::path& object, const Substitutes& others);

  /// Judges one case again. (For replays.)
  void only(const std::string& case_name) { only_case_ = case_name; }

 private:
  struct Rooms {
    Sandbox::Room compiler, linker;
    Workshop workshop;  // that uses them
  };
  Rooms& rooms_for(const Exercise& e);
  fs::path stored(const Exercise& e, std::string_view bytes) const;
  Compiled compile_file(const Exercise& e, std::string_view bytes, const std::string& level);
  UnitResult grade_at(const Exercise& e, std::string_view bytes, const std::string& level);
  UnitResult judge(const Exercise& e, const Compiled& compiled, const Substitutes& others);
  std::vector<std::string> without_our_paths(std::vector<std::string> messages) const;

  const Workshop& workshop_;
  const Sandbox& sandbox_;
  fs::path compiled_, linked_, judged_,
      again_;  // a folder each, for each room has a uid of its own
  fs::path store_;
  GradingRules rules_;
  std::string only_case_;
  std::map<std::string, Rooms> rooms_;  // by module, for each sees other headers
};

}  // namespace gradbook
