/// @file
/// Builds what a check needs: one student's file compiled, and the programs that it is linked into.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "grading/build/recipe.hpp"
#include "grading/build/symbols.hpp"

namespace gradbook {

/// The outcome of compiling one exercise's file.
struct Compiled {
  fs::path object;
  bool ok = false;
  bool timed_out = false;
  std::string messages = {};  // what the compiler said, capped
};

/// The outcome of linking a program around it.
struct Linked {
  fs::path program;
  bool ok = false;
  std::string messages = {};
};

/// The programs that an exercise's object takes part in.
enum class Program { public_tests, worker };

/// A module's own program.
struct MainProgram {
  const Module& module;
  std::vector<const Exercise*> exercises = {};  // that may come from the student
  const Module* device = nullptr;  // whose kernels it computes with: its main_device.cpp says so

  /// The last module whose given code and references it is made of.
  const std::string& last_module() const {
    return device != nullptr ? device->directory : module.directory;
  }
};

/// Objects that stand in for the references of other exercises, by id.
using Substitutes = std::map<std::string, fs::path>;

/// What confines the programs that read a student's bytes: words that stand before a command.
struct Confinement {
  std::vector<std::string> compiler = {}, linker = {};  // nm and ar count as linkers
};

/// One build tree of the book. Objects that do not depend on a student are made by ninja; a
/// student's object and the programs around it are made here, each in a folder of the caller's, and
/// only when something has changed.
class Workshop {
 public:
  /// @param build  the build tree, configured: root/build/student
  Workshop(const Book& book, fs::path build);

  /// The same workshop, but that a student's bytes are compiled, linked and looked at confined, and
  /// without debug information, which nobody will look at.
  Workshop confined(Confinement confinement) const;

  /// What a confined compiler must be able to read: the headers of the book, and the precompiled
  /// forms of those of `e`'s module and its exercises.
  std::vector<fs::path> headers_of(const Exercise& e) const;

  /// Makes everything that checks of these exercises need, but what depends on the student.
  /// @param takes_long  called once where there is much to make, with how many files it is
  /// @returns  whether anything had to be made. @throws UserError when our own code does not
  /// compile
  bool bring_up_to_date(std::span<const Exercise* const> exercises,
                        const std::function<void(int files)>& takes_long = {}) const;

  /// Whether programs can be linked with a reference of `e`: always in the repository, and in a
  /// handout where it brought references for this compiler, machine and preset. Asked once all is
  /// up to date.
  bool has_reference(const Exercise& e) const { return fs::exists(reference_object(e)); }

  /// What references are called that fit here: "x86_64-linux-gnu-g++-12-student".
  std::string platform() const { return recipe_.platform + "-" + build_.filename().string(); }

  /// Whether a student's file of `e` can be compiled before anything is brought up to date.
  bool can_compile(const Exercise& e) const { return fs::exists(precompiled(e)); }

  /// Whether hidden cases are here: in the repository, never in a handout.
  bool has_hidden_cases(const Exercise& e) const { return fs::exists(book_.hidden_cases(e)); }

  /// Compiles `source`, a file that stands for exercise `e`, exactly as the reference is compiled.
  /// @param level  an optimisation level, or another option, that overrides the preset's; empty:
  /// none
  Compiled compile(const Exercise& e, const fs::path& source, const fs::path& folder,
                   const std::string& level = "") const;

  /// @param substitutes  what takes the place of references; the rest of the book is references
  Linked link(Program program, const Exercise& e, const fs::path& object, const fs::path& folder,
              const Substitutes& substitutes = {}) const;

  /// Links one worker of the cases of all these exercises. @param own  what takes the place of
  /// references; all of it is linked, whether the cases need it or not
  Linked link_together(std::span<const Exercise* const> exercises, const Substitutes& own,
                       const fs::path& folder) const;

  /// The same worker around the reference, and the judge: one each for all students.
  Linked link_reference_worker(const Exercise& e) const;
  Linked link_judge(const Exercise& e) const;

  /// Makes what link_main needs, but what depends on the student; nothing of tests.
  /// @throws UserError when our own code does not compile
  void prepare_main(const MainProgram& main) const;

  /// A module's own program, around these objects and references for the rest.
  Linked link_main(const MainProgram& main, const std::vector<fs::path>& objects,
                   const std::set<std::string>& of, const fs::path& folder) const;

  /// A program of ours around references only, of `module` and those before it, which are made
  /// where they are not there yet. @param source  below the root: docs/figures/ladder.cpp, or a
  /// module's main.cpp. @throws UserError where it does not compile
  Linked link_program(const fs::path& source, const Module& module, const fs::path& folder) const;

  /// Links `program` once more with a map, and says which references were pulled in. (For verify.)
  std::vector<std::string> references_pulled(Program program, const Exercise& e,
                                             const fs::path& object, const fs::path& folder) const;

  /// Whether hidden cases of `e` can be run on a GPU as well: where there are any, and an nvcc, and
  /// a GPU; never where a student's bytes are confined.
  bool has_gpu(const Exercise& e) const;

  /// Makes what link_for_gpu needs, but what depends on the student.
  /// @throws UserError when our own code does not compile
  void prepare_for_gpu(const Exercise& e) const;

  /// Compiles `source`, a file that stands for exercise `e`, by nvcc. It has been compiled before.
  Compiled compile_for_gpu(const Exercise& e, const fs::path& source, const fs::path& folder) const;

  /// The worker of `e` around an object by nvcc: cases, given code and references for a GPU, and no
  /// emulator.
  Linked link_for_gpu(const Exercise& e, const fs::path& object, const fs::path& folder) const;

  /// Whether programs can compute on a GPU with kernels of this module: where there is an nvcc, a
  /// GPU, and every solution.
  bool has_gpu(const Module& device) const;

  /// As prepare_main, for a program that computes on a GPU with the kernels of its device.
  void prepare_main_for_gpu(const MainProgram& main) const;

  /// As link_main, for a GPU: `kernels` are the students' objects of that device by nvcc.
  Linked link_main_for_gpu(const MainProgram& main, const std::vector<fs::path>& students,
                           const std::vector<fs::path>& kernels, const std::set<std::string>& of,
                           const fs::path& folder) const;

  /// Why linking failed, in sentences for a student.
  std::vector<std::string> explain(const Exercise& e, const Compiled& compiled,
                                   const Linked& linked) const;

  /// The first forbidden function that the object calls; empty when there is none.
  std::string forbidden_call(const Exercise& e, const fs::path& object) const;

  /// The external symbols of these objects.
  Symbols symbols_of(const std::vector<fs::path>& objects) const;

  fs::path reference_object(const Exercise& e) const;
  const fs::path& build() const { return build_; }
  fs::path supervisor() const { return build_ / "supervisor"; }
  fs::path folder_of(const Exercise& e) const { return build_ / "exercises" / e.id; }
  const Recipe& recipe() const { return recipe_; }
  const Book& book() const { return book_; }

 private:
  fs::path header_of(const Exercise& e) const;
  fs::path precompiled(const Exercise& e) const;
  void unpack_references() const;
  fs::path interface_object(const Exercise& e) const;
  std::vector<std::string> by_linker(const std::vector<std::string>& arguments) const;
  std::vector<std::string> compile_arguments(const Exercise& e, const std::string& level) const;
  std::vector<fs::path> frame(Program program, const Exercise& e) const;
  std::vector<fs::path> worker_support() const;
  fs::path cases_object(const Exercise& e) const;
  std::vector<fs::path> judge_objects(const Exercise& e) const;
  std::vector<fs::path> given_objects(const std::string& last_module) const;
  fs::path support_of_programs() const;
  std::vector<fs::path> main_objects(const std::string& directory,
                                     const Module* device = nullptr) const;
  std::vector<fs::path> references_made_here(const std::string& last_module) const;
  void make_objects(const std::vector<fs::path>& objects) const;
  std::vector<fs::path> reference_objects(const std::string& last_module,
                                          const std::set<std::string>& without) const;
  fs::path archive_of(const std::vector<fs::path>& objects, const fs::path& folder) const;
  fs::path references_archive(const std::string& last_module, const std::set<std::string>& without,
                              const fs::path& folder) const;
  fs::path worker_references(const Exercise& e) const;
  std::vector<fs::path> without_forbidden(const Exercise& e, const std::vector<fs::path>& objects,
                                          const std::string& what) const;
  std::vector<Symbols> symbols_of_each(const std::vector<fs::path>& objects) const;
  fs::path with_renamed(const fs::path& object, const std::vector<std::string>& names,
                        const fs::path& folder) const;
  bool links_kernels(const std::string& last_module) const;
  bool has_kernels(const std::string& module) const;
  std::vector<fs::path> made_by_nvcc(const Exercise& e) const;
  std::vector<fs::path> gpu_frame(const Exercise& e) const;
  std::vector<fs::path> given_for_gpu(const std::string& last_module) const;
  std::vector<fs::path> main_for_gpu(const MainProgram& main) const;
  fs::path reference_for_gpu(const Exercise& e) const;
  bool is_kernel(const fs::path& reference) const;
  fs::path without_kernels(const std::string& last_module, const std::set<std::string>& without,
                           const fs::path& folder) const;
  Linked link_by_nvcc(const std::vector<fs::path>& by_nvcc, const std::vector<fs::path>& by_us,
                      const fs::path& program) const;
  fs::path emulator() const { return build_ / recipe_.kernels.emulator; }
  Linked link_objects(const std::string& last_module, std::vector<fs::path> objects,
                      const fs::path& program, std::vector<std::string> libraries) const;

  const Book& book_;
  fs::path build_;
  Recipe recipe_;
  std::optional<Confinement> confinement_;
};

}  // namespace gradbook
