#include "student/check_mine.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "book/regions.hpp"
#include "grading/build/symbols.hpp"
#include "student/check_many.hpp"
#include "student/paragraph.hpp"
#include "system/lock.hpp"

namespace gradbook {
namespace {

struct Mine {
  std::map<std::string, Compiled> compiled;  // by id: what the student has written
  std::vector<std::string> broken;           // written, but it does not compile
};

// All that is written in the modules that these exercises are linked with
Mine compile_all(const Workshop& workshop, std::span<const Exercise* const> exercises,
                 const fs::path& workbook) {
  const std::string last = exercises.back()->module;
  std::vector<const Exercise*> written;
  for (const Exercise* e : workshop.book().select("")) {
    const fs::path file = workbook / Book::stub_path(*e);
    if (e->module <= last && fs::is_regular_file(file) &&
        !holds_stub(workshop.book(), *e, read_file(file)))
      written.push_back(e);
  }
  workshop.bring_up_to_date(written.empty() ? exercises
                                            : std::span<const Exercise* const>(written));
  std::vector<Compiled> compiled(written.size());
  side_by_side(written.size(), [&](std::size_t i) {
    const fs::path folder = workshop.folder_of(*written[i]) / "mine";
    compiled[i] = workshop.compile(*written[i], workbook / Book::stub_path(*written[i]), folder);
  });
  Mine mine;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (compiled[i].ok) {
      mine.compiled[written[i]->id] = compiled[i];
    } else {
      mine.broken.push_back(written[i]->id);
    }
  }
  return mine;
}

class Together {
 public:
  Together(const Workshop& workshop, const CheckOptions& options, const Mine& mine)
      : workshop_(workshop), options_(options), mine_(mine) {}

  // "" when it passes with the student's other files, or what to say
  std::string check(const Exercise& e) {
    Substitutes others;
    for (const auto& [id, compiled] : mine_.compiled) {
      if (id != e.id) others[id] = compiled.object;
    }
    Verdict together = check_with(e, others);
    if (together.state == State::done) return "";
    const std::string culprit = culprit_of(e, others);
    if (together.state == State::interface_changed && !culprit.empty())
      explain_clash(together, culprit);
    if (together.failure)  // alone it passes, so that this is what runs it again
      together.failure->again = fmt::format("./gradbook check {} --mine", e.id);
    std::string text =
        culprit.empty()
            ? fmt::format(
                  "{} passes alone, but not with your other files; no single one of them "
                  "explains it",
                  e.id)
            : fmt::format("{} passes alone, but not with your {}: look at\n  {}", e.id, culprit,
                          Book::stub_path(*workshop_.book().find(culprit)).string());
    return text + "\n" + to_text(together);
  }

 private:
  Verdict check_with(const Exercise& e, const Substitutes& others) {
    CheckOptions options = options_;
    options.substitutes = others;
    const fs::path folder = workshop_.folder_of(e);
    const Lock lock(folder);
    const Compiled own =
        workshop_.compile(e, options.workbook / Book::stub_path(e), folder);  // it did a moment ago
    return check_object(workshop_, e, own, folder / "mine", options, true);
  }

  // Which names the culprit shares with another file, in place of what the linker says of it
  void explain_clash(Verdict& verdict, const std::string& culprit) const {
    const Symbols own = workshop_.symbols_of({mine_.compiled.at(culprit).object});
    std::vector<std::string> sentences;
    for (const auto& [id, compiled] : mine_.compiled) {
      if (id == culprit) continue;
      for (const std::string& name :
           defined_by_both(own, workshop_.symbols_of({compiled.object}))) {
        sentences.push_back(fmt::format(
            "`{}` is defined in your {} and in your {}: put both into an anonymous namespace", name,
            culprit, id));
      }
    }
    if (!sentences.empty()) verdict.messages = sentences;
  }

  // The file without which it passes; those that it builds on are tried first
  std::string culprit_of(const Exercise& e, const Substitutes& others) {
    const auto foundations = workshop_.book().foundations(e);
    std::vector<std::string> candidates;
    for (const auto& [id, object] : others) candidates.push_back(id);
    std::ranges::stable_partition(candidates, [&](const std::string& id) {
      return std::ranges::find(foundations, id) != foundations.end();
    });
    for (const std::string& id : candidates) {
      Substitutes without = others;
      without.erase(id);
      if (check_with(e, without).state == State::done) return id;
    }
    return "";
  }

  const Workshop& workshop_;
  const CheckOptions& options_;
  const Mine& mine_;
};

}  // namespace

int check_mine(const Workshop& workshop, std::span<const Exercise* const> exercises,
               const CheckOptions& options, bool live) {
  workshop.bring_up_to_date(exercises);
  if (!workshop.has_reference(*exercises.front()))
    throw UserError(
        "there are no references here, so that every check takes your own files: leave --mine out");
  // These objects are linked long after they were compiled: another workbook's must not take their
  // place meanwhile
  const Lock turn(workshop.folder_of(*exercises.front()).parent_path() / "mine");
  const Mine mine = compile_all(workshop, exercises, options.workbook);
  const auto alone = check_many(workshop, exercises, options, live);
  std::vector<std::string> says(exercises.size());
  {
    Grid grid({exercises.begin(), exercises.end()}, live);
    side_by_side(exercises.size(), [&](std::size_t i) {
      const bool done = alone[i].state == State::done;
      if (done) {
        grid.mark(i, "…");
        says[i] = Together(workshop, options, mine).check(*exercises[i]);
      }
      grid.mark(i, done && says[i].empty() ? "✓" : mark_of(done ? State::wrong : alone[i].state));
    });
  }

  // What was linked, then one line an exercise, then why
  std::vector<std::string> yours, references;
  for (const Exercise* e : workshop.book().select("")) {
    if (e->module > exercises.back()->module) continue;
    (mine.compiled.count(e->id) ? yours : references).push_back(e->id);
  }
  std::size_t good = 0;
  std::string details;
  for (std::size_t i = 0; i < exercises.size(); ++i) {
    good += alone[i].state == State::done && says[i].empty();
    if (!says[i].empty()) details += "\n" + says[i];
  }
  const std::size_t columns = terminal_columns();
  const auto fit = [&](const std::string& text) { return live ? fitted(text, columns) : text; };
  const auto print_ids = [&](std::string_view what, const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    const auto text = fmt::format("{}: {}", what, fmt::join(ids, ", "));
    for (const std::string& line : wrapped(text, columns)) fmt::print("{}\n", line);
  };
  fmt::print("{} of {} done with your own files\n", good, exercises.size());
  print_ids("linked together, yours", yours);
  print_ids("from the reference", references);
  print_ids("of these yours do not compile", mine.broken);
  for (std::size_t i = 0; i < exercises.size(); ++i) {
    if (says[i].empty()) {
      fmt::print("{}", exercises.size() == 1 ? fit(to_text(alone[i])) : to_line(alone[i], columns));
    } else {
      fmt::print("✗ {:<5} {:<22} only together: see below\n", exercises[i]->id, exercises[i]->name);
    }
  }
  fmt::print("{}", fit(details));
  return good == exercises.size() ? 0 : 1;
}

}  // namespace gradbook
