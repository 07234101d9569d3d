// How the pages of the site behave in a browser without a network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

fs::path site(const std::string& edition) { return build_folder() / "docs" / edition; }

// What we write, page by page; and of the reference, which one template makes of all contracts,
// every eighth
std::vector<fs::path> pages_of(const std::string& edition) {
  std::set<fs::path> ours, reference;
  for (const auto& entry : fs::directory_iterator(site(edition))) {
    static const std::regex kReference("(class|struct|group__|namespace).*|.*_8hpp");
    if (entry.path().extension() != ".html") continue;
    const bool made = std::regex_match(entry.path().stem().string(), kReference);
    (made ? reference : ours).insert(entry.path());
  }
  std::vector<fs::path> pages(ours.begin(), ours.end());
  std::size_t number = 0;
  for (const fs::path& page : reference) {
    if (number++ % 8 == 0) pages.push_back(page);
  }
  return pages;
}

class DocsSiteInABrowser : public testing::Test {
 protected:
  static void SetUpTestSuite() { built = gradbook_program({"docs"}); }
  void SetUp() override { ASSERT_EQ(built.exit_status, 0) << built.output; }

  inline static Completion built;
};

// Looks at every page of an edition with tests/tools/docs_site/look.js. @returns what it found
std::string looked_at(const std::vector<fs::path>& pages, const fs::path& folder) {
  std::string list, contrasts;
  for (const fs::path& page : pages) {
    const std::string text = "\"file://" + page.string() + "\",";
    list += text;
    static const std::regex kMeasured(
        "chapter_.*|index|exercises|glossary|step_through|emulator|classgradbook_1_1Scalar|group__"
        "api__02__"
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

TEST_F(DocsSiteInABrowser, PagesHoldInABrowserAtThreeWidths) {
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

TEST_F(DocsSiteInABrowser, WhatABrowserShouldComplainOfIsFound) {
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

TEST_F(DocsSiteInABrowser, IsKeptAsPictures) {
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
