#include "student/run_module.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <optional>

#include "00_course/program.hpp"
#include "grading/build/preset.hpp"
#include "student/link_program.hpp"
#include "student/main_program.hpp"
#include "student/paragraph.hpp"
#include "student/pictures.hpp"
#include "student/run_progress.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

// While it lives, Ctrl-C ends what runs, and we go on to tidy up
class Interruption {
 public:
  Interruption() {
    number_ = 0;
    for (std::size_t i = 0; i < std::size(kSignals); ++i)
      before_[i] = std::signal(kSignals[i], [](int number) {
        number_ = number;
        refuse_commands(true);
        end_all_commands();
      });
  }
  ~Interruption() {
    for (std::size_t i = 0; i < std::size(kSignals); ++i) std::signal(kSignals[i], before_[i]);
    refuse_commands(false);
  }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  static int number() { return number_; }  // of the signal that came; 0: none

 private:
  static constexpr int kSignals[] = {SIGINT, SIGTERM};
  static inline std::atomic<int> number_ = 0;
  void (*before_[std::size(kSignals)])(int);
};

// Where the program works, until its files are complete
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "gradbook_run.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
      throw UserError("cannot make a folder in " + fs::temp_directory_path().string() +
                      ": is the disk full?");
    path_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

RunProgress::Kind kind_of(const RunOptions& options) {
  const char* terminal = std::getenv("TERM");
  const bool live = isatty(STDOUT_FILENO) && terminal != nullptr && *terminal != '\0' &&
                    std::string_view(terminal) != "dumb";
  return options.quiet ? RunProgress::Kind::nothing
         : live        ? RunProgress::Kind::bar
                       : RunProgress::Kind::lines;
}

// Runs it, then draws what it left, all in the scratch folder. @returns the exit code
int run_and_draw(const Workshop& workshop, const Module& module, const fs::path& program,
                 const RunOptions& options) {
  RunProgress progress(kind_of(options));
  const auto unless_cancelled = [&](void (RunProgress::*show)(std::string_view)) {
    return [&progress, &options, show](std::string_view bytes) {
      if (!options.cancelled || !options.cancelled()) (progress.*show)(bytes);
    };
  };
  std::vector<std::string> arguments = {program.string(), program.parent_path().string()};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  const Completion completion =
      run({.arguments = arguments,
           .environment = {"GRADBOOK_PROGRESS=3",
                           fmt::format("{}={}", kDataFolder,
                                       (workshop.book().root() / "build/data").string()),
                           fmt::format("{}={}", kLastRun, options.out.string())},
           .on_event = unless_cancelled(&RunProgress::report),
           .on_output = unless_cancelled(&RunProgress::print)});
  if (options.cancelled && options.cancelled()) return 128 + SIGINT;
  progress.end();
  if (Interruption::number() != 0) {
    const auto& last = progress.last();
    if (last && !options.quiet)
      fmt::print("stopped after {} of {} epochs\n", last->done, last->all);
    return 128 + Interruption::number();
  }
  if (completion.exit_status == kRefused && module.program_options) return 1;  // it said why
  if (!completion.ok()) {
    fmt::print(
        "\nthe program did not come to its end ({} {}): ./gradbook check {} says which exercise is "
        "wrong\n",
        completion.signal != 0 ? "signal" : "exit status",
        completion.signal != 0 ? completion.signal : completion.exit_status, module.directory);
    return 1;
  }
  fs::remove(program);
  const bool left_nothing = fs::is_empty(program.parent_path());  // as where it only generates
  if (!left_nothing) draw_pictures(workshop.book(), module, program.parent_path());
  return 0;
}

// All files of one folder take their places in another. @returns where they are now, in order
std::vector<fs::path> move_files(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    files.push_back(to / entry.path().filename());
    write_atomically(files.back(), read_file(entry.path()));
  }
  std::ranges::sort(files);
  return files;
}

// Whether everything up to `last` can be built with another preset than `workshop`'s: from
// solutions, or from references that a handout brought for it
bool can_build_with(const std::string& preset, const Workshop& workshop, const std::string& last) {
  const Book& book = workshop.book();
  return std::ranges::all_of(book.modules(), [&](const Module& other) {
    return other.directory > last ||
           fs::exists(book.references(workshop.recipe().platform + "-" + preset, other)) ||
           std::ranges::all_of(other.exercises,
                               [&](const Exercise& e) { return fs::exists(book.solution(e)); });
  });
}

// The workshop in which the program wants to be built, where it is not `workshop`
std::optional<Workshop> workshop_of(const MainProgram& main, const Workshop& workshop, bool quiet) {
  const std::string& preset = (main.device != nullptr ? *main.device : main.module).run_preset;
  if (preset.empty() || workshop.build().filename() != "student") return {};
  if (!can_build_with(preset, workshop, main.last_module())) {
    if (!quiet)
      fmt::print(
          "built as checks are, so slower than with the preset {}: there are no references "
          "for that here\n\n",
          preset);
    return {};
  }
  const fs::path build = workshop.book().root() / "build" / preset;
  if (!quiet && !fs::exists(build / "exercises" / "run" / main.module.directory))
    fmt::print("building with the preset {}: some minutes, this first time\n\n", preset);
  std::fflush(stdout);
  return Workshop(workshop.book(), configured(workshop.book().root(), preset));
}

// A line of ours, before those of the program
void say(const std::string& text) {
  for (const std::string& line : wrapped(text, terminal_columns())) fmt::print("{}\n", line);
  fmt::print("\n");
  std::fflush(stdout);
}

// Asks for little, where nobody asks for anything: an emulator is no GPU
RunOptions on_emulator(RunOptions options, const Module& module) {
  if (!options.arguments.empty()) {
    if (!options.quiet) say("emulated: no GPU computes here, so large sizes take long");
    return options;
  }
  options.arguments = module.emulated;
  if (!options.quiet)
    say(fmt::format("emulated: no GPU computes here, so it is asked for little: {}",
                    fmt::join(module.emulated, " ")));
  return options;
}

int run_in(const Workshop& usual, const RunOptions& asked, const fs::path& scratch) {
  const Module& module = usual.book().module(asked.module);
  const MainProgram main = main_program(usual.book(), module, asked.on_device);
  const auto own = asked.preset_is_given ? std::nullopt : workshop_of(main, usual, asked.quiet);
  const Workshop& workshop = own ? *own : usual;
  const LinkedProgram program = link_program(workshop, main, asked.workbook, scratch);
  const auto print_ids = [](const char* what, const std::vector<std::string>& ids) {
    if (!ids.empty()) say(fmt::format("{}: {}", what, fmt::join(ids, ", ")));
  };
  const bool emulated = asked.on_device && !program.on_gpu;
  const RunOptions options = emulated ? on_emulator(asked, module) : asked;
  if (program.on_gpu && !asked.quiet) say("on the GPU, with kernels that nvcc has compiled");
  print_ids("from the reference, since yours are not there yet", program.from_reference);
  print_ids("not there yet, and there are no references for them here", program.from_nowhere);
  if (const int left = run_and_draw(workshop, module, program.path, options); left != 0)
    return left;
  const auto files = move_files(scratch, options.out);
  if (options.quiet || files.empty()) return 0;
  fmt::print("\n");
  for (const fs::path& file : files) fmt::print("{}\n", file.string());
  return 0;
}

}  // namespace

int run_module(const Workshop& workshop, const RunOptions& options) {
  const Book& book = workshop.book();
  const Module& module = book.module(options.module);
  if (!fs::exists(book.root() / "modules" / module.directory / "main.cpp")) {
    throw UserError(fmt::format("module {} has no program of its own", module.directory));
  }
  if (!options.arguments.empty() && !module.program_options)
    throw UserError(fmt::format("run does not know {}, and {}'s program takes no options",
                                options.arguments.front(), module.directory));
  const Scratch scratch;
  if (options.cancelled) return run_in(workshop, options, scratch.path());

  const Interruption interruption;
  int left = 0;
  try {
    left = run_in(workshop, options, scratch.path());
  } catch (const UserError&) {
    if (interruption.number() == 0) throw;  // else it is only what could not be done any more
  }
  if (interruption.number() == 0) return left;
  if (!options.quiet) fmt::print("{} is as it was\n", options.out.string());
  return 128 + interruption.number();
}

}  // namespace gradbook
