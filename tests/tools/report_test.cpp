// What is written from the grades of a class: valid for real parsers, inert, and no more than a
// student may see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>

#include "instructor/report/report.hpp"
#include "tools/made_class.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;
using testing::Not;

// Every file below the folder, by its path there
std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  }
  return files;
}

std::map<std::string, std::string> written(const ClassGrades& grades,
                                           const ReportOptions& options) {
  Folder folder;
  write_reports(grades, folder.path(), options);
  return files_in(folder.path());
}

// Runs a Python program on the folder; it asserts what it finds
void expect_python(const fs::path& folder, const std::string& program) {
  const Completion c = run({.arguments = {"python3", "-c", program, folder.string()}});
  if (!c.started) GTEST_SKIP() << "python3 is not here";
  EXPECT_EQ(c.exit_status, 0) << c.output;
}

constexpr const char* kParseAll = R"(
import csv, json, pathlib, sys, xml.etree.ElementTree as tree
out = pathlib.Path(sys.argv[1])
bidi = set('\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff')
for path in out.rglob('*'):
    if path.is_dir(): continue
    text = path.read_bytes().decode('utf-8')
    bad = [c for c in text if c in bidi or (ord(c) < 32 and c not in '\r\n') or 127 <= ord(c) < 160]
    assert not bad, (path, bad)
for path in out.glob('*.csv'):
    rows = list(csv.reader(path.open(newline='', encoding='utf-8'), strict=True))
    assert len(rows) > 1 and len({len(row) for row in rows}) == 1, path
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(('=', '+', '-', '@', '＝', '＋', '－', '＠')), cell
            assert not set(cell) & set('\r\n\t'), cell
students = len(list(csv.reader((out / 'names.csv').open(newline='', encoding='utf-8')))) - 1
results = list((out / 'gradescope').iterdir())
assert len(results) == students and len({p.name.lower() for p in results}) == students
for path in results:
    got = json.loads(path.read_text('utf-8'))
    assert isinstance(got['score'], (int, float)) and got['tests'], path
    for test in got['tests']:
        assert test['visibility'] in ('visible', 'hidden') and test['name'] and test['number']
        assert test.get('status', 'passed') in ('passed', 'failed')
root = tree.parse(out / 'junit.xml').getroot()
assert len(root) == students
for kind, tag in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
    assert int(root.get(kind)) == len(root.findall('.//' + tag)), kind
)";

TEST(Report, HostileTextLeavesEveryFileValidAndInert) {
  for (const bool with_names : {false, true}) {
    Folder folder;
    write_reports(hostile_class(), folder.path(), {Release::everything, with_names});
    expect_python(folder.path(), kParseAll);
    for (const auto& [path, text] : files_in(folder.path())) {
      if (!path.ends_with(".html")) continue;
      for (const char* markup :
           {"<script>document", "<img", "<style>*", "href=\"javascript", "<!-- ", "<oops", "<?php"})
        EXPECT_THAT(text, Not(HasSubstr(markup))) << path;
    }
  }
}

TEST(Report, NothingIsWrittenOutsideOfTheFolder) {
  Folder folder;
  write_reports(hostile_class(), folder.path() / "in/out", {Release::cases, true});
  for (const auto& [path, text] : files_in(folder.path())) EXPECT_TRUE(path.starts_with("in/out/"));
}

TEST(Report, HiddenValuesAppearAtTheLastLevelAlone) {
  const ClassGrades grades = class_with_markers();
  for (const Release release : {Release::score, Release::state, Release::cases}) {
    for (const auto& [path, text] : written(grades, {release, true}))
      EXPECT_THAT(text, Not(HasSubstr("HIDDEN_"))) << path;
  }
  std::string feedback;
  for (const auto& [path, text] : written(grades, {Release::everything, false})) {
    if (path == "report.html")
      EXPECT_THAT(text, Not(HasSubstr("HIDDEN_")));
    else if (path.starts_with("feedback/") && path.ends_with(".html"))
      feedback += text;
  }
  for (const char* what : {"DETAIL", "CALL", "INPUTS", "LABEL", "DIFFERENCE", "EXPECTED", "GOT",
                           "LARGEST", "PRINTED", "SHAPES"})
    EXPECT_THAT(feedback, HasSubstr(std::string("HIDDEN_") + what));
}

TEST(Report, EachLevelShowsMoreThanTheOneBefore) {
  const ClassGrades grades = made_class(12, 12, 3);
  const auto feedback = [&](Release release) {
    std::string all;
    for (const auto& [path, text] : written(grades, {release, false})) {
      if (path.starts_with("feedback/") && path.ends_with(".txt")) all += text;
    }
    return all;
  };
  const std::string score = feedback(Release::score), state = feedback(Release::state),
                    cases = feedback(Release::cases);
  EXPECT_THAT(score, HasSubstr("01_module: "));
  EXPECT_THAT(score, Not(HasSubstr("wrong")));
  EXPECT_THAT(state, HasSubstr("wrong: at least one case failed"));
  EXPECT_THAT(state, Not(HasSubstr("case_0")));
  EXPECT_THAT(cases, HasSubstr("case_0"));
  EXPECT_THAT(cases, HasSubstr("It fails as this mistake does"));
}

TEST(Report, NamesStayOutUnlessTheyAreAskedFor) {
  const ClassGrades grades = made_class(10, 5, 1);
  for (const auto& [path, text] : written(grades, {})) {
    const bool may = path.starts_with("gradescope/") || path.ends_with(".csv");
    if (may) continue;
    EXPECT_THAT(text, Not(HasSubstr("Ada Number"))) << path;
    EXPECT_THAT(text, Not(HasSubstr("student001"))) << path;
  }
  EXPECT_THAT(written(grades, {Release::cases, true}).at("report.html"), HasSubstr("Ada Number 1"));
}

TEST(Report, ThreeHundredStudentsFitIntoTwoMegabytes) {
  ClassGrades grades = made_class(300, 50, 1);
  std::string page = written(grades, {}).at("report.html");
  EXPECT_LE(page.size(), 2'000'000u);
  EXPECT_THAT(page, Not(HasSubstr("larger than 2 MB")));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));

  // Long messages go to the feedback files
  for (StudentGrade& student : grades.students) {
    for (ExerciseGrade& grade : student.exercises)
      if (grade.state == State::wrong) grade.messages = {std::string(60000, '&')};
  }
  page = written(grades, {}).at("report.html");
  EXPECT_LE(page.size(), 2'000'000u);
  EXPECT_TRUE(page.find("larger than 2 MB") != std::string::npos);
}

TEST(Report, TheSameGradesGiveTheSameBytes) {
  EXPECT_EQ(written(made_class(30, 12, 4), {}), written(made_class(30, 12, 4), {}));
}

TEST(Report, FilesOfWhoLeftAreNotAmongThoseOfTheClass) {
  const Folder folder;
  ClassGrades grades = made_class(3, 2, 1);
  write_reports(grades, folder.path(), {});
  const std::string pseudonym = grades.students[1].pseudonym,
                    results = "gradescope/" + grades.students[1].student + ".json";
  const std::string old = read_file(folder.path() / "feedback" / (pseudonym + ".html"));
  write_atomically(folder.path() / "feedback" / "my_notes.md", "mine");
  grades.students.erase(grades.students.begin() + 1);
  write_reports(grades, folder.path(), {});
  const auto files = files_in(folder.path());
  for (const char* kind : {".html", ".txt"})
    EXPECT_FALSE(files.count("feedback/" + pseudonym + kind));
  EXPECT_FALSE(files.count(results));
  EXPECT_EQ(files.at("former/feedback/" + pseudonym + ".html"), old);
  EXPECT_TRUE(files.count("former/" + results));
  EXPECT_TRUE(files.count("feedback/" + grades.students[0].pseudonym + ".html"));
  EXPECT_EQ(files.at("feedback/my_notes.md"), "mine");
}

TEST(Report, GradescopeIsToldTheLevelOfTheSandbox) {
  ClassGrades grades = made_class(1, 2, 1);
  grades.sandbox_level = "process";
  const auto files = written(grades, {Release::score, false});
  const auto json =
      nlohmann::json::parse(files.at("gradescope/" + grades.students[0].student + ".json"));
  EXPECT_EQ(json.at("extra_data").at("sandbox_level"), "process");
  EXPECT_THAT(json.at("output").get<std::string>(), HasSubstr("sandbox level process"));
}

TEST(Report, EverybodyIsToldThatKernelsWereEmulated) {
  ClassGrades grades = made_class(1, 2, 1);
  const std::string words = "kernels emulated (no GPU)";
  EXPECT_THAT(written(grades, {}).at("report.html"), Not(HasSubstr(words)));
  grades.kernels_ran_on = "emulated (no GPU)";
  const auto files = written(grades, {Release::score, false});
  const std::string& pseudonym = grades.students[0].pseudonym;
  EXPECT_THAT(files.at("report.html"), HasSubstr(words));
  EXPECT_THAT(files.at("feedback/" + pseudonym + ".html"), HasSubstr(words));
  EXPECT_THAT(files.at("feedback/" + pseudonym + ".txt"), HasSubstr(words));
}

TEST(Report, ModulesAreCalledByTheirTitles) {
  ClassGrades grades = made_class(2, 2, 1);
  for (GradedExercise& e : grades.exercises) e.module_title = "01 Foundations";
  const auto files = written(grades, {});
  EXPECT_THAT(files.at("canvas.csv"), HasSubstr("Section,01 Foundations\r\n"));
}

TEST(Report, CanvasTellsMissingFromZero) {
  ClassGrades grades = made_class(3, 2, 1);
  for (StudentGrade& student : grades.students) {
    for (ExerciseGrade& grade : student.exercises) grade = {.exercise = grade.exercise};
  }
  grades.students[1].exercises[0].state = State::wrong;           // zero, and it counts
  grades.students[2].exercises[0].state = State::infrastructure;  // not the student's doing
  grades.students[2].exercises[1].state = State::done;
  grades.students[2].exercises[1].points = 3;
  const std::string csv = written(grades, {}).at("canvas.csv");
  EXPECT_THAT(csv, HasSubstr("Section,01_module\r\n    Points Possible,,,,,5\r\n"));
  EXPECT_THAT(csv, HasSubstr("Ada Number 1,4000,,student001,Monday,\r\n"));
  EXPECT_THAT(csv, HasSubstr("Ada Number 2,4001,,student002,Thursday,0\r\n"));
  EXPECT_THAT(csv, HasSubstr("Ada Number 3,4002,,student003,Monday,\r\n"));
  grades.students[2].exercises[0].override = Override{2, "graded by hand"};
  grades.students[2].exercises[0].points = 2;
  EXPECT_THAT(written(grades, {}).at("canvas.csv"), HasSubstr("student003,Monday,5\r\n"));
}

TEST(Report, AnEmptyClassIsAReportToo) {
  EXPECT_THAT(written(made_class(0, 0, 1), {}).at("report.html"), HasSubstr("</html>"));
  EXPECT_THAT(written(made_class(0, 5, 1), {}).at("canvas.csv"), HasSubstr("Points Possible"));
}

TEST(Report, AFolderThatCannotBeWrittenIsSaid) {
  Folder folder;
  write_atomically(folder.path() / "file", "");
  EXPECT_THROW(write_reports(made_class(1, 1, 1), folder.path() / "file", {}), UserError);
  EXPECT_THROW(write_reports(made_class(1, 1, 1), "/proc/nowhere", {}), UserError);
}

}  // namespace
}  // namespace gradbook
