/// @file
/// A desk at which files are graded, one after the other.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
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
  /// @param judges  how many judges may work at once, where one program is judged by several
  Desk(const Workshop& workshop, const Sandbox& sandbox, fs::path folder, fs::path store,
       GradingRules rules, int judges = 1);

  /// Grades one file of a prepared exercise. What the student's code does is a state; only what is
  /// not its doing (no compiler, a full disk) is an exception.
  UnitResult grade(const Exercise& e, std::string_view bytes);

  /// The object of a file that compiles, from the store or made now. @throws UserError when it does
  /// not compile after all
  fs::path object_of(const Exercise& e, std::string_view bytes);

  /// Whether an object of `e` passes with these objects in place of references.
  bool passes_with(const Exercise& e, const fs::path& object, const Substitutes& others);

  /// Links one program of the cases of all these exercises and these objects, references for the
  /// rest, and judges each exercise in it.
  /// @returns  the ids of those that pass; none where the objects do not go together
  std::set<std::string> passing_together(std::span<const Exercise* const> exercises,
                                         const Substitutes& own);

  /// Judges one case again. (For replays.)
  void only(const std::string& case_name) { only_case_ = case_name; }

 private:
  // What compiles files of one module, for each module sees other headers
  struct Compiler {
    fs::path folder;
    Sandbox::Room room;
    Workshop workshop;  // confined to it, and to the linker's room
  };
  Compiler& compiler_for(const Exercise& e);
  fs::path source_of(const Exercise& e) const;
  fs::path stored(const Exercise& e, std::string_view bytes) const;
  Compiled compile_file(const Exercise& e, std::string_view bytes, const std::string& level);
  UnitResult grade_at(const Exercise& e, std::string_view bytes, const std::string& level);
  UnitResult judge(const Exercise& e, const Compiled& compiled);
  Sandbox::Room room_for(const fs::path& worker) const;
  std::vector<CaseResult> run_cases(const Exercise& e, const fs::path& worker,
                                    const Sandbox::Room& room, const fs::path& folder) const;
  bool all_pass(const Exercise& e, const fs::path& worker, const fs::path& folder) const;
  std::vector<std::string> without_our_paths(std::vector<std::string> messages) const;

  const Workshop& workshop_;
  const Sandbox& sandbox_;
  fs::path compiled_, linked_, judged_, again_;
  fs::path store_;
  GradingRules rules_;
  int judges_;
  std::string only_case_;
  Sandbox::Room linker_;  // sees objects; each room has a uid, and writes into a folder, of its own
  std::map<std::string, Compiler> compilers_;  // by module
};

}  // namespace gradbook
