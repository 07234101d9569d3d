// The report in a browser: no error, no request, nothing wider than the window, and whole without
// scripts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "instructor/report/report.hpp"
#include "tools/made_class.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;
using testing::Not;

class ReportInBrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (!run({.arguments = {"chromium", "--version"}}).ok())
      GTEST_SKIP() << "chromium is not here: pages cannot be looked at";
  }

  Completion browser(const fs::path& page, std::vector<std::string> more) {
    std::vector<std::string> arguments = {
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--enable-logging=stderr",
        "--user-data-dir=" + (folder_.path() / "profile").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.push_back("file://" + page.string());
    return run({.arguments = std::move(arguments),
                .wall = std::chrono::seconds(90),
                .output_cap = 8 << 20});
  }

  // A page that says how wide another one is when it is shown `width` wide (a window is never
  // narrower than 500 on its own)
  fs::path probe(const fs::path& page, int width) {
    std::string text = read_file(page);
    const std::size_t policy = text.find("<meta http-equiv");
    text.erase(policy, text.find('\n', policy) - policy);
    text = replaced(
        text, "</body>",
        "<script>const d = document.documentElement; parent.postMessage(innerWidth + ' over ' + "
        "(d.scrollWidth - d.clientWidth), '*')</script></body>");
    write_atomically(folder_.path() / "inner.html", text);
    const fs::path outer = folder_.path() / "outer.html";
    write_atomically(
        outer,
        "<body><script>onmessage = (e) => { document.title = 'width=' + e.data + ';'; };</script>"
        "<iframe src=inner.html style='border:0;height:900px;width:" +
            std::to_string(width) + "px'></iframe></body>");
    return outer;
  }

  Folder folder_;
};

TEST_F(ReportInBrowser, PagesFitEveryWidth) {
  write_reports(hostile_class(), folder_.path(), {Release::everything, true});
  const fs::path feedback = fs::directory_iterator(folder_.path() / "feedback")->path();
  for (fs::path page :
       {folder_.path() / "report.html", fs::path(feedback).replace_extension(".html")}) {
    for (const int width : {360, 800, 1400}) {
      const Completion c = browser(probe(page, width), {"--dump-dom", "--window-size=1600,1000",
                                                        "--virtual-time-budget=3000"});
      EXPECT_THAT(c.output, HasSubstr("width=" + std::to_string(width) + " over 0;")) << page;
    }
  }
}

TEST_F(ReportInBrowser, NothingHostileRunsAndNoErrorIsLogged) {
  write_reports(hostile_class(), folder_.path(), {Release::everything, true});
  const Completion c = browser(folder_.path() / "report.html", {"--dump-dom"});
  EXPECT_THAT(c.output, Not(HasSubstr("CONSOLE")));
  EXPECT_THAT(c.output, Not(HasSubstr("<title>owned")));
  EXPECT_THAT(c.output, HasSubstr("sort by 1.1")) << "our own script ran";
}

TEST_F(ReportInBrowser, EverythingIsThereWithoutScripts) {
  write_reports(made_class(5, 5, 1), folder_.path(), {});
  const fs::path page = folder_.path() / "without_scripts.html";
  write_atomically(page, replaced(read_file(folder_.path() / "report.html"), "script-src 'sha256-",
                                  "script-src 'none'; x-was 'sha256-"));
  const Completion c = browser(page, {"--dump-dom"});
  EXPECT_THAT(c.output, Not(HasSubstr("sort by 1.1")));
  for (const char* text : {"What to teach next", "S005", "How it was graded", "<svg"})
    EXPECT_THAT(c.output, HasSubstr(text));
}

TEST_F(ReportInBrowser, IsPhotographed) {
  write_reports(made_class(40, 21, 2), folder_.path(), {});
  const fs::path screens = build_folder() / "screens";
  fs::create_directories(screens);
  const struct {
    const char *name, *size, *scheme;
  } kShots[] = {{"report_light.png", "1400,1300", "1"},
                {"report_dark.png", "1400,1300", "0"},
                {"report_phone.png", "500,2600", "1"}};
  for (const auto& shot : kShots) {
    fs::remove(screens / shot.name);
    browser(folder_.path() / "report.html",
            {"--hide-scrollbars", std::string("--window-size=") + shot.size,
             std::string("--blink-settings=preferredColorScheme=") + shot.scheme,
             "--screenshot=" + (screens / shot.name).string()});
    ASSERT_TRUE(fs::exists(screens / shot.name)) << shot.name;
    EXPECT_TRUE(read_file(screens / shot.name).starts_with("\x89PNG"));
  }
}

}  // namespace
}  // namespace gradbook
