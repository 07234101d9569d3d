// How a workshop compiles a student's file: as the reference, and once for equal bytes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "book/regions.hpp"
#include "book/stub_text.hpp"
#include "grading/build/made_from.hpp"
#include "grading/build/steps.hpp"
#include "grading/build/workshop.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

}  // namespace

std::vector<std::string> Workshop::compile_arguments(const Exercise& e,
                                                     const std::string& level) const {
  std::vector<std::string> arguments = {recipe_.compiler};
  arguments.insert(arguments.end(), recipe_.flags.begin(), recipe_.flags.end());
  const bool kernels = book_.module(e.module).kernels;
  if (kernels)
    arguments.insert(arguments.end(), recipe_.kernels.flags.begin(), recipe_.kernels.flags.end());
  if (!level.empty()) arguments.push_back(level);
  if (confinement_ && !kernels) arguments.emplace_back("-g0");  // the emulator names lines
  arguments.insert(arguments.end(),
                   {"-Wall", "-Wextra", "-Wno-unused-parameter", "-fmax-errors=5",
                    "-fdiagnostics-color=never", "-I", (book_.root() / "modules").string()});

  // The module's headers, included by force. Their precompiled form was made at the preset's level,
  // and g++ takes it at another one too, only to break down in the middle: there they are read as
  // they are
  if (!level.empty()) {
    std::vector<std::string> headers = book_.module(e.module).precompiled;
    headers.insert(headers.end(), e.precompiled.begin(), e.precompiled.end());
    for (const std::string& name : headers) {
      const bool system = name.starts_with('<');
      arguments.insert(
          arguments.end(),
          {"-include", system ? name.substr(1, name.size() - 2)
                              : (book_.root() / "modules" / e.module / name).string()});
    }
    return arguments;
  }
  const fs::path header = header_of(e);
  for (std::string option : recipe_.use_pch) {
    if (option == "-Winvalid-pch") continue;
    if (option == "<PCH_HEADER>") option = header.string();
    if (option == "<PCH_FILE>") option = precompiled(e).string();
    arguments.push_back(option);
  }
  return arguments;
}

Compiled Workshop::compile(const Exercise& e, const fs::path& source, const fs::path& folder,
                           const std::string& level) const {
  Compiled compiled{.object = folder / ("student" + level + ".o")};
  const fs::path relative = source.lexically_relative(fs::current_path());
  const bool here = !relative.empty() && *relative.begin() != ".." && !confinement_;
  fs::path shown = here ? relative : source;  // in messages
  std::string text = read_file(source);
  if (e.regions) {
    auto [whole, errors] = rebuilt(e, stub_text(book_, e), text, shown.string());
    compiled.messages = fmt::format("{}", fmt::join(errors, "\n"));
    if (!errors.empty()) return compiled;
    text = std::move(whole);
  }
  std::vector<std::string> arguments = compile_arguments(e, level);
  const std::string key =
      digest(fmt::format("{}\n{}\n{}", text, fmt::join(arguments, " "), stamp(precompiled(e))));
  const fs::path messages = compiled.object.string() + ".messages";
  if (made_from(compiled.object, key)) {
    compiled.ok = true;
    compiled.messages = read_file(messages);
    return compiled;
  }

  fs::create_directories(folder);
  forget_made_from(compiled.object);
  if (e.regions) {
    shown = folder / ("rebuilt" + level + ".cpp");
    write_atomically(shown, text);
  }
  arguments.insert(arguments.end(), {"-c", shown.string(), "-o", compiled.object.string()});
  const Completion completion =
      run({.arguments = confinement_ ? after(confinement_->compiler, arguments) : arguments,
           .environment = {"LC_ALL=C.UTF-8"},
           .wall = 60s});
  if (!completion.started) {
    throw UserError(fmt::format("the compiler {} is gone: remove {} and run ./gradbook again",
                                recipe_.compiler, build_.string()));
  }
  refuse_full_disk(completion, build_);
  compiled.ok = completion.ok();
  compiled.timed_out = completion.timed_out;
  compiled.messages = completion.output;
  if (compiled.ok) {
    write_atomically(messages, compiled.messages);
    note_made_from(compiled.object, key);
  }
  return compiled;
}

}  // namespace gradbook
