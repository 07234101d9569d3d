// The site as it is built: what is on it, and what must not be on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <sstream>

#include "book/book.hpp"
#include "book/toml_reader.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;
using testing::Not;

fs::path site(const std::string& edition) { return build_folder() / "docs" / edition; }

// Text as it can be compared: without tags, entities and spaces
std::string bare(std::string text) {
  // By hand, for a picture may be one tag of a hundred thousand letters
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;)
    text.erase(at, text.find('>', at) - at + 1);
  for (const auto& [entity, sign] : {std::pair("&lt;", "<"),
                                     {"&gt;", ">"},
                                     {"&quot;", "\""},
                                     {"&#39;", "'"},
                                     {"&#160;", " "},
                                     {"&amp;", "&"}})
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos;)
      text.replace(at, std::string(entity).size(), sign);
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

class DocsSite : public testing::Test {
 protected:
  static void SetUpTestSuite() { built = gradbook_program({"docs"}); }
  void SetUp() override { ASSERT_EQ(built.exit_status, 0) << built.output; }

  inline static Completion built;
};

TEST_F(DocsSite, BothEditionsAreBuiltAndNamed) {
  EXPECT_THAT(built.output, HasSubstr((site("student") / "index.html").string()));
  EXPECT_THAT(built.output, HasSubstr((site("instructor") / "index.html").string()));
}

TEST_F(DocsSite, EveryExerciseHasItsFactsContractAndHints) {
  const Book book(root_folder());
  for (const Module& module : book.modules()) {
    const std::string page =
        read_file(site("student") / ("chapter_" + module.directory.substr(0, 2) + ".html"));
    const std::string text = bare(page);
    for (const Exercise& e : module.exercises) {
      EXPECT_THAT(text, HasSubstr(without_spaces("Teaches that" + e.learnt).substr(0, 40))) << e.id;
      for (std::string hint : e.hints) {
        std::erase(hint, '`');
        std::erase_if(hint, [](unsigned char c) { return std::isspace(c) != 0; });
        EXPECT_THAT(text, HasSubstr(hint)) << e.id;
      }
      EXPECT_THAT(page, HasSubstr("./gradbook check " + e.id + "<")) << e.id;
    }
  }
}

TEST_F(DocsSite, AChapterIsSetForANarrowPage) {
  const std::string page = read_file(site("student") / "chapter_02.html");
  EXPECT_THAT(bare(page), HasSubstr("addsitssharetothegradofitsinputs."))
      << "a comment's sentence that goes over two lines of the header";
  EXPECT_THAT(page, HasSubstr("<span class=\"katex-display parts\">")) << "formulas side by side";
  EXPECT_THAT(page, HasSubstr("scalar/<wbr/>exercises/"));
  EXPECT_THAT(page, HasSubstr("chapter_02.html#exercise_2_2\">exercise 2.2</a>"));
}

TEST_F(DocsSite, TheMapShowsTheWholeCourseAndLinksWhatIsHere) {
  const std::string page = read_file(site("student") / "index.html");
  const toml::table course = parse_toml(root_folder() / "docs/site/course.toml");
  EXPECT_EQ(course["module"].as_array()->size(), 11u);
  EXPECT_THAT(page, HasSubstr("<a href=\"chapter_02.html\">2 Scalar autograd</a>"));
  EXPECT_THAT(page, HasSubstr("11 Parallel training"));
  EXPECT_THAT(page, Not(HasSubstr("chapter_11.html")));
}

TEST_F(DocsSite, TheStudentsEditionHasNothingOfSolutionsOrHiddenCases) {
  const Book book(root_folder());
  std::string site_text;
  for (const auto& entry : fs::recursive_directory_iterator(site("student"))) {
    if (entry.path().extension() == ".html" || entry.path().extension() == ".js")
      site_text += bare(read_file(entry.path()));
  }
  std::string given;  // what students see anyway
  for (const Exercise* e : book.select("")) {
    given += without_spaces(read_file(book.stub(*e)));
    for (const std::string& hint : e->hints) given += without_spaces(hint);
  }
  for (const auto& entry : fs::recursive_directory_iterator(root_folder() / "modules"))
    if (entry.is_regular_file()) given += without_spaces(read_file(entry.path()));

  int looked_for = 0;
  const auto must_not_be_there = [&](const std::string& line, const std::string& id) {
    const std::string text = without_spaces(line);
    if (text.size() < 25 || given.find(text) != std::string::npos) return;
    ++looked_for;
    EXPECT_EQ(site_text.find(text), std::string::npos) << id << ": " << line;
  };
  for (const Exercise* e : book.select("")) {
    for (const fs::path& file : {book.solution(*e), book.hidden_cases(*e)}) {
      std::istringstream lines(read_file(file));
      for (std::string line; std::getline(lines, line);) must_not_be_there(line, e->id);
    }
    const toml::table mutants = parse_toml(book.mutants(*e));
    for (const auto& mutant : *mutants["mutant"].as_array())
      must_not_be_there(*(*mutant.as_table())["says"].value<std::string>(), e->id);
  }
  EXPECT_GT(looked_for, 1000);
}

TEST_F(DocsSite, TheInstructorsEditionHasSolutionsAndMistakes) {
  const Book book(root_folder());
  for (const Exercise* e : book.select("")) {
    const std::string text =
        bare(read_file(site("instructor") / ("chapter_" + e->module.substr(0, 2) + ".html")));
    std::istringstream lines(read_file(book.solution(*e)));
    for (std::string line; std::getline(lines, line);)
      EXPECT_THAT(text, HasSubstr(without_spaces(line))) << e->id;
    const toml::table mutants = parse_toml(book.mutants(*e));
    EXPECT_THAT(text,
                HasSubstr(bare((*(*mutants["mutant"].as_array())[0].as_table())["says"].value_or(
                    std::string()))))
        << e->id;
  }
}

// What headers show below "private:", up to the end of the class
std::string private_parts(const Book& book) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(book.root() / "modules")) {
    if (entry.path().extension() != ".hpp") continue;
    std::istringstream lines(read_file(entry.path()));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      inside = (inside || line == " private:") && line != " public:" && line != "};";
      if (inside) all += line + "\n";
    }
  }
  return all;
}

// Names come from the objects that are linked, not from what Doxygen thinks there is
TEST_F(DocsSite, EverySymbolThatAStudentMayCallHasItsPlace) {
  const Book book(root_folder());
  std::vector<std::string> targets = {"00_course_given"};
  for (const Module& module : book.modules()) {
    targets.push_back(module.directory + "_reference");
    for (const auto& entry : fs::directory_iterator(root_folder() / "modules" / module.directory)) {
      if (entry.path().extension() != ".cpp" || entry.path().stem() == "main") continue;
      targets.push_back(module.directory + "_given");
      break;
    }
  }
  std::vector<std::string> make = {"ninja", "-C", build_folder().string()};
  make.insert(make.end(), targets.begin(), targets.end());
  const Completion made = run({.arguments = make, .wall = std::chrono::minutes(10)});
  ASSERT_TRUE(made.ok()) << made.output;
  std::string objects;
  for (const std::string& target : targets) {
    for (const auto& entry :
         fs::recursive_directory_iterator(build_folder() / "CMakeFiles" / (target + ".dir")))
      if (entry.path().extension() == ".o") objects += " '" + entry.path().string() + "'";
  }
  const Completion symbols =
      run({.arguments = {"sh", "-c", "nm -gC --defined-only" + objects}, .output_cap = 4 << 20});
  const std::string known = read_file(site("student") / "symbols.xml"), kept = private_parts(book);
  static const std::regex kSymbol(
      R"(^[0-9a-f]+ [TBDR] gradbook::((?:\w+::)*)(operator\(\)|operator[^\w(\s]+|~?\w+)(\(.*)?$)");
  std::istringstream lines(symbols.output);
  int seen = 0;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, kSymbol)) continue;
    const std::string name = match[2];
    if (name.starts_with("~")) continue;  // destructors are given in headers, or nobody's business
    // What a class is without arguments, its own words say
    if (match[1].str().ends_with(name + "::") && match[3] == "()") continue;
    if (kept.find(" " + name + "(") != std::string::npos) continue;
    std::string escaped = name;
    for (const auto& [sign, entity] : {std::pair("<", "&lt;"), {">", "&gt;"}})
      escaped = std::regex_replace(escaped, std::regex(sign), entity);
    ++seen;
    EXPECT_NE(known.find("<name>" + escaped + "</name>"), std::string::npos) << line;
  }
  EXPECT_GT(seen, 80);
}

}  // namespace
}  // namespace gradbook
