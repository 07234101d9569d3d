// The site as it is built: what is on it, what must not be on it, and how its pages behave in a
// browser without a network.
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
using testing::IsEmpty;
using testing::Not;

fs::path site(const std::string& edition) { return build_folder() / "docs" / edition; }

std::vector<fs::path> pages_of(const std::string& edition) {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(site(edition))) {
    if (entry.path().extension() == ".html") pages.push_back(entry.path());
  }
  std::ranges::sort(pages);
  return pages;
}

// Text as it can be compared: without tags, entities and spaces
std::string bare(std::string text) {
  text = std::regex_replace(text, std::regex("<[^>]*>"), "");
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
    if (kept.find(" " + name + "(") != std::string::npos) continue;
    std::string escaped = name;
    for (const auto& [sign, entity] : {std::pair("<", "&lt;"), {">", "&gt;"}})
      escaped = std::regex_replace(escaped, std::regex(sign), entity);
    ++seen;
    EXPECT_NE(known.find("<name>" + escaped + "</name>"), std::string::npos) << line;
  }
  EXPECT_GT(seen, 80);
}

// Looks at every page of an edition with tests/tools/docs_site/look.js. @returns what it found
std::string looked_at(const std::vector<fs::path>& pages, const fs::path& folder) {
  std::string list, contrasts;
  for (const fs::path& page : pages) {
    const std::string text = "\"file://" + page.string() + "\",";
    list += text;
    static const std::regex kMeasured(
        "chapter_.*|index|exercises|glossary|step_through|classgradbook_1_1Scalar|group__api__02__"
        "scalar__scalar");
    if (std::regex_match(page.stem().string(), kMeasured)) contrasts += text;
  }
  write_atomically(folder / "look.html",
                   "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>const pages = [" + list +
                       "], contrasts = [" + contrasts + "];</script><script src=\"file://" +
                       (root_folder() / "tests/tools/docs_site/look.js").string() + "\"></script>");
  const Completion c = run(
      {.arguments = {"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     "--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND",
                     "--enable-logging=stderr", "--window-size=1500,1000",
                     "--user-data-dir=" + (folder / "chromium").string(),
                     "--virtual-time-budget=100000000", "--dump-dom",
                     "file://" + (folder / "look.html").string()},
       .wall = std::chrono::minutes(5),
       .output_cap = 4 << 20});
  std::string faults;
  std::istringstream lines(c.output);
  bool inside = false, ended = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("CONSOLE") != std::string::npos || line.find("net::ERR") != std::string::npos)
      faults += line + "\n";
    ended = ended || line.starts_with("END");
    if (inside && !line.starts_with("END") && line.find(", 0 faults") == std::string::npos)
      faults += line + "\n";
    inside = (inside || line.find("RESULT") != std::string::npos) && !line.starts_with("END");
  }
  return ended ? faults : "the browser did not come to an end\n" + c.output;
}

bool has_browser() { return run({.arguments = {"chromium", "--version"}}).ok(); }

TEST_F(DocsSite, EveryPageHoldsInABrowserAtThreeWidths) {
  if (!has_browser()) GTEST_SKIP() << "chromium is not installed";
  const Folder folder;
  EXPECT_THAT(looked_at(pages_of("student"), folder.path()), IsEmpty());

  // Of the instructor's edition, the pages that differ in more than the line that names it
  std::vector<fs::path> others;
  for (const fs::path& page : pages_of("instructor")) {
    const fs::path twin = site("student") / page.filename();
    const std::regex brief(
        "The instructor's edition, with solutions|Build a deep-learning framework");
    const bool same = fs::exists(twin) && std::regex_replace(read_file(page), brief, "") ==
                                              std::regex_replace(read_file(twin), brief, "");
    if (!same || page.filename() == "index.html") others.push_back(page);
  }
  EXPECT_GE(others.size(), 3u);
  EXPECT_THAT(looked_at(others, folder.path()), IsEmpty());
}

TEST_F(DocsSite, WhatABrowserShouldComplainOfIsFound) {
  if (!has_browser()) GTEST_SKIP() << "chromium is not installed";
  const Folder folder;
  std::string page = read_file(site("student") / "index.html");
  for (const auto& entry : fs::directory_iterator(site("student")))
    if (entry.path().extension() != ".html")
      fs::create_symlink(entry.path(), folder.path() / entry.path().filename());
  const std::size_t at = page.find("<div class=\"contents\">") + 22;
  page.insert(at,
              "<p style=\"width:500px\">wide</p><p style=\"color:#bbb\">pale</p><p>\\( x \\)</p>"
              "<script>nowhere();</script><img alt=\"\" src=\"http://example.org/picture.png\">");
  write_atomically(folder.path() / "index.html", page);
  const std::string faults = looked_at({folder.path() / "index.html"}, folder.path());
  for (const char* expected : {"too wide: p", "contrast 1.", "\"\\(\" is left",
                               "nowhere is not defined", "asks for http://example.org/picture.png"})
    EXPECT_THAT(faults, HasSubstr(expected));
}

TEST_F(DocsSite, IsKeptAsPictures) {
  if (!has_browser()) GTEST_SKIP() << "chromium is not installed";
  struct Shot {
    const char* name;
    const char* page;
    const char* size;
    bool dark;
  };
  const fs::path screens = build_folder() / "screens";
  fs::create_directories(screens);
  for (const Shot& shot : {Shot{"docs_map_light", "index.html", "1400,1100", false},
                           {"docs_chapter_light", "chapter_02.html", "1400,4000", false},
                           {"docs_chapter_dark", "chapter_02.html", "1400,4000", true},
                           {"docs_chapter_phone", "chapter_02.html", "500,3000", false}}) {
    const fs::path picture = screens / (std::string(shot.name) + ".png");
    std::error_code ignored;
    fs::remove(picture, ignored);
    std::vector<std::string> arguments = {"chromium",
                                          "--headless",
                                          "--no-sandbox",
                                          "--disable-gpu",
                                          "--hide-scrollbars",
                                          "--host-resolver-rules=MAP * ~NOTFOUND",
                                          std::string("--window-size=") + shot.size,
                                          "--virtual-time-budget=3000",
                                          "--screenshot=" + picture.string()};
    if (shot.dark)
      arguments.insert(arguments.end(),
                       {"--force-dark-mode", "--blink-settings=preferredColorScheme=0"});
    arguments.push_back("file://" + (site("student") / shot.page).string());
    run({.arguments = arguments, .wall = std::chrono::minutes(1)});
    ASSERT_TRUE(fs::exists(picture)) << shot.name;
    EXPECT_GT(fs::file_size(picture), 50000u) << shot.name;
  }
}

}  // namespace
}  // namespace gradbook
