#include "book/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "book/toml_reader.hpp"

namespace gradbook {
namespace {

// "2.10" as (2, 10)
struct Number {
  int module = 0, exercise = 0;
};

bool parse(std::string_view id, Number& number) {
  const char* end = id.data() + id.size();
  const auto [dot, error] = std::from_chars(id.data(), end, number.module);
  if (error != std::errc() || dot == end || *dot != '.') return false;
  const auto [rest, error2] = std::from_chars(dot + 1, end, number.exercise);
  return error2 == std::errc() && rest == end && number.module >= 1 && number.exercise >= 1;
}

Exercise read_exercise(TomlReader& toml, const Module& module) {
  Exercise e;
  e.module = module.directory;
  e.id = toml.text("id");
  e.name = toml.text("name");
  e.title = toml.text("title");
  e.learnt = toml.text("learnt");
  e.points = toml.number("points");
  e.minutes = static_cast<int>(toml.number("minutes"));
  e.stretch = toml.flag_or("stretch", false);
  e.prerequisites = toml.texts_or_none("prerequisites");
  e.forbidden = toml.texts_or_none("forbidden");
  e.forbidden.insert(e.forbidden.end(), module.forbidden.begin(), module.forbidden.end());
  e.levels = toml.texts_or_none("levels");
  e.precompiled = toml.texts_or_none("precompiled");
  e.regions = toml.flag_or("regions", false);
  e.hints = toml.texts_or_none("hints");
  toml.refuse_others();

  Number number;
  if (!parse(e.id, number) || number.module != module.number) {
    throw toml.error(
        "id", fmt::format("\"{}\" is no number of an exercise of module {}: write \"{}.1\"", e.id,
                          module.number, module.number));
  }
  if (number.exercise != static_cast<int>(module.exercises.size()) + 1) {
    throw toml.error(
        "id",
        fmt::format("{} stands where {}.{} is due: exercises come in the order of their numbers",
                    e.id, module.number, module.exercises.size() + 1));
  }
  if (e.hints.size() != 3) {
    throw toml.error(
        "hints",
        fmt::format(
            "{} has {} hints; only three are ever shown: a nudge, the idea, almost the answer",
            e.id, e.hints.size()));
  }
  return e;
}

Module read_module(const fs::path& directory) {
  const fs::path path = directory / "module.toml";
  const toml::table table = parse_toml(path);
  TomlReader toml(table, path);
  Module module;
  module.directory = directory.filename().string();
  module.number = std::atoi(module.directory.c_str());
  module.title = toml.text("title");
  module.goal = toml.text("goal");
  module.given = toml.flag_or("given", false);
  module.kernels = toml.flag_or("kernels", false);
  module.forbidden = toml.texts_or_none("forbidden");
  module.program_options = toml.flag_or("program_options", false);
  module.run_preset = toml.text_or("run_preset", "");
  module.emulated = toml.texts_or_none("emulated");
  module.backend = toml.text_or("backend", "");
  module.beneath = toml.texts_or_none("beneath");
  module.precompiled = toml.texts_or_none("precompiled");
  for (TomlReader& exercise : toml.tables("exercise"))
    module.exercises.push_back(read_exercise(exercise, module));
  toml.refuse_others();
  return module;
}

// The number of single-letter edits from one word to the other
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}

}  // namespace

std::string Exercise::stem() const {
  Number number;
  parse(id, number);
  return fmt::format("{:02}_{}", number.exercise, name);
}

Book::Book(fs::path root) : root_(std::move(root)) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root_ / "modules", error)) {
    if (fs::exists(entry.path() / "module.toml")) modules_.push_back(read_module(entry.path()));
  }
  if (modules_.empty()) {
    throw UserError(
        fmt::format("{} has no modules: run gradbook inside of a workbook", root_.string()));
  }
  std::ranges::sort(modules_, {}, &Module::directory);

  // What the modules say of each other's exercises
  for (const Module& module : modules_) {
    const std::string file = (root_ / "modules" / module.directory / "module.toml").string();
    for (const std::string& id : module.beneath) {
      if (find(id) == nullptr)
        throw UserError(fmt::format("{}: beneath names {}, which is no exercise", file, id));
    }
    if (!module.backend.empty() && find(module.backend) == nullptr)
      throw UserError(
          fmt::format("{}: backend names {}, which is no exercise", file, module.backend));
    for (const Exercise& e : module.exercises) {
      for (const std::string& id : e.prerequisites) {
        const Exercise* p = find(id);
        if (p == nullptr)
          throw UserError(fmt::format("{}: {} needs {}, which is no exercise", file, e.id, id));
        if (p->stretch && !e.stretch)
          throw UserError(
              fmt::format("{}: {} needs {}, which is a stretch exercise", file, e.id, id));
      }
    }
  }
}

const Exercise* Book::find(std::string_view id) const {
  for (const Module& module : modules_) {
    for (const Exercise& e : module.exercises) {
      if (e.id == id) return &e;
    }
  }
  return nullptr;
}

const Module& Book::module(const std::string& what) const {
  for (const Module& module : modules_) {
    if (what == module.directory || what == module.directory.substr(0, 2) ||
        what == std::to_string(module.number))
      return module;
  }
  throw UserError(fmt::format("there is no module \"{}\": there are {} to {}", what,
                              modules_.front().directory, modules_.back().directory));
}

std::vector<const Exercise*> Book::select(std::string_view what) const {
  const std::string stem = fs::path(what).stem().string();
  std::vector<const Exercise*> chosen;
  std::string nearest;
  std::size_t least = 1000;
  const auto offer = [&](const std::string& name) {
    if (const std::size_t d = distance(what, name); d < least) {
      least = d;
      nearest = name;
    }
  };
  for (const Module& module : modules_) {
    if (module.given) continue;
    const bool whole = what.empty() || what == module.directory ||
                       what == module.directory.substr(0, 2) ||
                       what == std::to_string(module.number) || what == module.directory.substr(3);
    offer(module.directory);
    for (const Exercise& e : module.exercises) {
      const bool by_path = what.find('/') != std::string_view::npos && stem == e.stem() &&
                           what.find(e.module) != std::string_view::npos;
      if (whole || what == e.id || what == e.name || what == e.stem() || by_path)
        chosen.push_back(&e);
      offer(e.id);
      offer(e.name);
    }
  }
  if (chosen.empty()) {
    throw UserError(
        fmt::format("there is no exercise or module \"{}\": did you mean {}?", what, nearest));
  }
  return chosen;
}

std::vector<std::string> Book::foundations(const Exercise& exercise) const {
  std::set<std::string> found, used;  // exercises, modules
  std::vector<std::string> open = exercise.prerequisites;
  const auto use = [&](const std::string& directory) {
    if (!used.insert(directory).second) return;
    const auto& beneath = std::ranges::find(modules_, directory, &Module::directory)->beneath;
    open.insert(open.end(), beneath.begin(), beneath.end());
  };
  use(exercise.module);
  while (!open.empty()) {
    const std::string id = open.back();
    open.pop_back();
    if (!found.insert(id).second) continue;
    const Exercise* e = find(id);
    open.insert(open.end(), e->prerequisites.begin(), e->prerequisites.end());
    use(e->module);
  }
  return {found.begin(), found.end()};
}

std::set<std::string> Book::linked_anyway(const Exercise& exercise) const {
  std::set<std::string> all;
  for (const Module& module : modules_) {
    if (module.directory <= exercise.module)
      all.insert(module.beneath.begin(), module.beneath.end());
  }
  return all;
}

}  // namespace gradbook
