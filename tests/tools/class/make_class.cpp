#include "tools/class/make_class.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "author/stub_text.hpp"
#include "book/toml_reader.hpp"
#include "tools/class/odd_shapes.hpp"

namespace gradbook {
namespace {

const fs::path kClass = "tests/tools/class";
const std::vector<std::string> kShapes = {"folder", "flat", "zip", "tar.gz", "none"};

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::ranges::find(list, text) != list.end();
}

bool hands_in(const SampleStudent& s, const std::string& id) {
  return s.shape != "none" && (s.only.empty() || contains(s.only, id));
}

bool is_solved(const SampleStudent& s, const std::string& id) {
  return s.base == "solutions" || contains(s.solved, id);
}

// "2.2 crashed 3.64" or "2.8 timed out 1.8"
std::pair<std::string, Expected> parse_expected(const std::string& text) {
  const std::size_t first = text.find(' '), last = text.rfind(' ');
  if (first == std::string::npos || first >= last) return {};
  const auto state = state_named(text.substr(first + 1, last - first - 1));
  double points = 0;
  if (!state || !(std::istringstream(text.substr(last + 1)) >> points)) return {};
  return {text.substr(0, first), {*state, points}};
}

SampleStudent read_student(TomlReader& table, const Book& book) {
  SampleStudent s;
  s.student = table.text("student");
  s.is = table.text("is");
  s.base = table.text("base");
  s.solved = table.texts_or_none("solved");
  s.only = table.texts_or_none("only");
  s.shape = table.text_or("shape", "folder");
  s.windows = table.flag_or("windows", false);
  if (s.base != "solutions" && s.base != "stubs")
    throw table.error("base", "\"base\" must be \"solutions\" or \"stubs\"");
  if (!contains(kShapes, s.shape) && !is_odd_shape(s.shape))
    throw table.error("shape", fmt::format("there is no shape \"{}\"", s.shape));

  for (const Exercise* e : book.select("")) {
    if (!hands_in(s, e->id)) {
      s.expected[e->id] = {State::missing, 0};
    } else if (is_solved(s, e->id)) {
      s.expected[e->id] = {State::done, e->points};
    } else {
      s.expected[e->id] = {State::not_started, 0};
    }
  }
  for (const std::string& text : table.texts_or_none("expect")) {
    const auto [id, expected] = parse_expected(text);
    if (book.find(id) == nullptr)
      throw table.error("expect", fmt::format("\"{}\" is not as \"2.2 crashed 3.6\" is", text));
    s.expected[id] = expected;
  }
  table.refuse_others();
  return s;
}

std::string with_windows_line_ends(const std::string& text) {
  std::string result = "\xef\xbb\xbf";  // and a byte order mark, as some editors write it
  for (char c : text) result += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return result;
}

// Hostile files name the repository: @ROOT@ is where it stands
std::string with_root(std::string text, const fs::path& root) {
  constexpr std::string_view kRoot = "@ROOT@";
  for (std::size_t at = 0; (at = text.find(kRoot, at)) != std::string::npos;)
    text.replace(at, kRoot.size(), root.string());
  return text;
}

FilesByPath files_of(const Book& book, const SampleStudent& s) {
  FilesByPath files;
  const fs::path own = book.root() / kClass / s.student;
  for (const Exercise* e : book.select("")) {
    if (!hands_in(s, e->id)) continue;
    const fs::path written = own / (e->stem() + ".cpp"), solution = book.solution(*e);
    std::string text = fs::exists(written) ? with_root(read_file(written), book.root())
                       : is_solved(s, e->id)
                           ? read_file(solution)
                           : stub_from_solution(read_file(solution), e->id, solution.string());
    if (s.windows) text = with_windows_line_ends(text);
    const fs::path path = s.shape == "flat" ? fs::path(e->stem() + ".cpp") : Book::stub_path(*e);
    files[path.string()] = std::move(text);
  }

  // What else stands in the student's folder
  const fs::path also = own / "also";
  if (!fs::exists(also)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(also)) {
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(also).string()] = read_file(entry.path());
  }
  return files;
}

void write_folder(const fs::path& at, const FilesByPath& files) {
  fs::create_directories(at);
  for (const auto& [path, bytes] : files) {
    fs::create_directories((at / path).parent_path());
    write_atomically(at / path, bytes);
  }
}

}  // namespace

std::vector<SampleStudent> read_sample_class(const Book& book) {
  const fs::path path = book.root() / kClass / "class.toml";
  const toml::table table = parse_toml(path);
  TomlReader reader(table, path);
  std::vector<SampleStudent> students;
  for (TomlReader& submission : reader.tables("submission"))
    students.push_back(read_student(submission, book));
  reader.refuse_others();
  return students;
}

void make_class(const Book& book, const std::vector<SampleStudent>& students,
                const fs::path& folder) {
  fs::create_directories(folder);
  for (const SampleStudent& s : students) {
    if (s.shape == "none") continue;
    const fs::path at = folder / s.student;
    const FilesByPath files = files_of(book, s);
    if (is_odd_shape(s.shape)) {
      make_odd_shape(s.shape, at, files, book.root());
    } else if (s.shape == "zip" || s.shape == "tar.gz") {
      Pack(at.string() + "." + s.shape).add_all(files);
    } else {
      write_folder(at, files);
    }
  }
}

fs::path sample_roster(const Book& book) { return book.root() / kClass / "roster.csv"; }
fs::path sample_course(const Book& book) { return book.root() / kClass / "course.toml"; }

}  // namespace gradbook
