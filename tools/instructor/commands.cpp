// The commands of an instructor.
#include "commands.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "instructor/grade.hpp"
#include "instructor/gradescope.hpp"
#include "instructor/handout.hpp"
#include "instructor/replay.hpp"

namespace gradbook {
namespace {

void add_handout(CommandLine& line) {
  auto* command = line.add("handout", "A student's workbook, without solutions and hidden cases");
  auto options = std::make_shared<HandoutOptions>();
  auto out = std::make_shared<std::string>();
  auto without = std::make_shared<bool>(false);
  command->add_option("--modules", options->modules, "01-02, 02 or 01,03; all if left out");
  command->add_option("--out", *out, "a folder that is not there yet")->required();
  command->add_flag("--no-references", *without, "students build on their own exercises alone");
  line.on(command, [&line, options, out, without] {
    options->out = fs::absolute(*out);
    options->references = !*without;
    return run_handout(line.workshop(), *options);
  });
}

void add_gradescope(CommandLine& line) {
  auto* command = line.add("gradescope", "The autograder for Gradescope, as a zip");
  auto options = std::make_shared<GradescopeOptions>();
  auto out = std::make_shared<std::string>();
  command->add_option("--modules", options->modules, "01-02, 02 or 01,03; all if left out");
  command->add_option("--release", options->release, "how much a student reads of the result");
  command->add_option("--seed", options->seed, "of the class; drawn now if left out");
  command->add_option("--out", *out, "the zip to write")->required();
  line.on(command, [&line, options, out] {
    options->out = fs::absolute(*out);
    return write_gradescope(line.book(), *options);
  });
}

const std::map<std::string, Release> kReleases = {{"score", Release::score},
                                                  {"state", Release::state},
                                                  {"cases", Release::cases},
                                                  {"everything", Release::everything}};

fs::path absolute_or_empty(const std::string& path) {
  return path.empty() ? fs::path() : fs::absolute(path);
}

void add_grade(CommandLine& line) {
  struct Words {
    GradeOptions options;
    std::string submissions, one, results, out = "grades", course, roster;
    bool no_audit = false, no_mistakes = false, no_integrated = false;
  };
  auto words = std::make_shared<Words>();
  auto* command = line.add("grade", "Grade a class: a folder of submissions");
  command->add_option("submissions", words->submissions,
                      "folders, zips or tarballs, one a student; Gradescope's and Canvas's bulk "
                      "downloads, too");
  command->add_option("--out", words->out, "where the journal and the reports go");
  command->add_option("--course", words->course, "course.toml: due dates, late policy, overrides");
  command->add_option("--roster", words->roster, "CSV of the class");
  command->add_option("--only", words->options.only, "grade only these students");
  command->add_option("--exercise", words->options.exercises, "grade only these exercises");
  command->add_flag("--fresh", words->options.fresh, "draw anew, and grade everything again");
  command->add_option("--seed", words->options.seed, "of the class, when it is graded first");
  command->add_option("-j,--jobs", words->options.jobs, "files at once; left out: one a core");
  command->add_option("--allow-level", words->options.allow_level,
                      "the weakest sandbox that is good enough: full, namespaces or process");
  command->add_option("--release", words->options.report.release, "what feedback shows")
      ->transform(CLI::CheckedTransformer(kReleases));
  command->add_flag("--with-names", words->options.report.with_names,
                    "names in place of pseudonyms in the report");
  command->add_flag("--no-mistakes", words->no_mistakes,
                    "do not look for known mistakes, which proves exercises first");
  command->add_flag("--no-integrated", words->no_integrated,
                    "do not try each student's files together; points do not depend on it");
  command->add_flag("--no-audit", words->no_audit, "do not refuse forbidden calls");
  auto* one = command->add_option("--one", words->one, "grade this one submission alone");
  command->add_option("--results", words->results, "where its results.json goes")->needs(one);
  line.on(command, [&line, words] {
    GradeOptions& o = words->options;
    o.course = absolute_or_empty(words->course);
    o.roster = absolute_or_empty(words->roster);
    o.out = fs::absolute(words->out);
    o.audit = !words->no_audit;
    o.explain = !words->no_mistakes;
    o.integrated = !words->no_integrated;
    if (!words->one.empty()) {
      o.submissions = fs::absolute(words->one);
      return grade_one(line.workshop(), o, absolute_or_empty(words->results));
    }
    if (words->submissions.empty())
      throw UserError("grade takes a folder of submissions: ./gradbook grade FOLDER --out DIR");
    o.submissions = fs::absolute(words->submissions);
    return grade(line.workshop(), o);
  });
}

void add_replay(CommandLine& line) {
  struct Words {
    ReplayOptions options;
    std::string out = "grades", course;
  };
  auto words = std::make_shared<Words>();
  auto* command = line.add("replay", "Grade one file of a class again, from its journal");
  command->add_option("student", words->options.student, "as in grades.csv")->required();
  command->add_option("exercise", words->options.exercise, "2.2 or topological_sort")->required();
  command->add_option("--case", words->options.only_case, "only this hidden case");
  command->add_option("--out", words->out, "the folder that the class was graded into");
  command->add_option("--course", words->course, "the course file that it was graded with");
  command->add_option("--allow-level", words->options.allow_level,
                      "the weakest sandbox that is good enough");
  line.on(command, [&line, words] {
    words->options.out = fs::absolute(words->out);
    words->options.course = absolute_or_empty(words->course);
    return replay(line.workshop(), words->options);
  });
}

}  // namespace

void add_instructor_commands(CommandLine& line) {
  add_handout(line);
  add_gradescope(line);
  add_grade(line);
  add_replay(line);
}

}  // namespace gradbook
