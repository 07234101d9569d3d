#include "tools/grade_run.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <regex>

#include "grading/submission/csv.hpp"

namespace gradbook {

GradeRun::GradeRun()
    : book_(root_folder()), course_(sample_course(book_)), students_(read_sample_class(book_)) {
  make_class(book_, students_, submissions());
}

GradeRun::GradeRun(const std::vector<std::string>& students)
    : book_(root_folder()), course_(folder_.path() / "course.toml") {
  write_atomically(course_, "exercises = [\"01\", \"02\"]\n" + read_file(sample_course(book_)));
  for (SampleStudent& s : read_sample_class(book_)) {
    if (std::ranges::find(students, s.student) == students.end()) continue;
    std::erase_if(s.expected, [](const auto& entry) { return entry.first >= "3"; });
    students_.push_back(std::move(s));
  }
  make_class(book_, students_, submissions());
}

Completion GradeRun::grade(std::vector<std::string> options, std::chrono::milliseconds wall) const {
  std::vector<std::string> arguments = {(build_folder() / "gradbook").string(),
                                        "grade",
                                        submissions().string(),
                                        "--out",
                                        out().string(),
                                        "--course",
                                        course_.string()};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return run({.arguments = std::move(arguments),
              .directory = root_folder(),
              .environment = {"GRADBOOK_ROOT=" + root_folder().string()},
              .wall = wall.count() > 0 ? wall : std::chrono::minutes(30),
              .output_cap = 1 << 20});
}

std::map<std::pair<std::string, std::string>, Row> GradeRun::rows() const {
  const fs::path path = out() / "grades.csv";
  const std::vector<CsvRow> lines = parse_csv(read_file(path), path);
  std::map<std::pair<std::string, std::string>, Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Row row;
    for (std::size_t k = 0; k < lines[0].fields.size(); ++k)
      row[lines[0].fields[k]] = lines[i].fields.at(k);
    rows[{row.at("student"), row.at("exercise")}] = row;
  }
  return rows;
}

std::map<std::string, std::string> GradeRun::reports() const {
  static const std::regex kTimes(
      "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d)?Z?|time=\"[0-9.]+\"|"
      "\"execution_time\": ?[0-9.]+|[0-9.]+ s\\b");
  std::map<std::string, std::string> reports;
  for (const auto& entry : fs::recursive_directory_iterator(out())) {
    const std::string name = entry.path().lexically_relative(out()).string();
    if (!entry.is_regular_file() || name.starts_with("journal")) continue;
    reports[name] = std::regex_replace(read_file(entry.path()), kTimes, "TIME");
  }
  return reports;
}

std::map<std::string, std::string> GradeRun::journal() const {
  const fs::path path = out() / "journal.sqlite";
  std::map<std::string, std::string> results;
  if (!fs::exists(path)) return results;
  const SQLite::Database database(path.string(), SQLite::OPEN_READWRITE);
  if (!database.tableExists("result")) return results;
  SQLite::Statement select(database, "SELECT key, text FROM result");
  while (select.executeStep())
    results[select.getColumn(0).getString()] = select.getColumn(1).getString();
  return results;
}

}  // namespace gradbook
