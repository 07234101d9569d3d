#include "site/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <memory>

#include "site/api_pages.hpp"
#include "site/chapter_page.hpp"
#include "site/chapters.hpp"
#include "site/doxygen.hpp"
#include "site/exercise_notes.hpp"
#include "site/formulas.hpp"
#include "site/overview_pages.hpp"
#ifdef GRADBOOK_HAS_AUTHOR
#include "author/figures/make_figures.hpp"
#include "site/instructor_notes.hpp"
#endif
#include "system/lock.hpp"

namespace gradbook {
namespace {

constexpr const char* kKey =
    "made_from.txt";  // in a site's folder: the digest of what it was made from

#ifdef GRADBOOK_HAS_AUTHOR
// Adds what only instructors see
std::function<void(Page&, const Exercise&, const SourceLine&)> notes_of(const Book& book) {
  auto notes = std::make_shared<std::map<std::string, InstructorNotes>>();
  for (const Module& module : book.modules())
    notes->emplace(module.directory, InstructorNotes(book, module));
  return [notes](Page& page, const Exercise& e, const SourceLine& from) {
    notes->at(e.module).add(page, e, from);
  };
}

void make_figures_of(const Workshop& workshop, const fs::path& figures) {
  make_stale_figures(workshop, read_figures(workshop.book()), figures);
}

constexpr bool kHasInstructor = true;
#else
std::function<void(Page&, const Exercise&, const SourceLine&)> notes_of(const Book&) { return {}; }

void make_figures_of(const Workshop&, const fs::path&) {}

constexpr bool kHasInstructor = false;
#endif

// A handout has its figures ready made, for solutions compute them
void bring_figures(const Workshop& workshop, const fs::path& figures) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(workshop.book().root() / "docs/figures", none)) {
    if (entry.path().extension() == ".html")
      fs::copy_file(entry.path(), figures / entry.path().filename(),
                    fs::copy_options::overwrite_existing);
  }
  make_figures_of(workshop, figures);
}

SiteInput input_of(const Book& book, const fs::path& out, bool instructor,
                   std::vector<Formula>& formulas) {
  const std::string name = instructor ? "instructor" : "student";
  SiteInput input{
      name,
      instructor ? "The instructor's edition, with solutions" : "Build a deep-learning framework",
      {},
      book.root(),
      out / ".work" / name,
      out / "figures"};
  const Glossary glossary(book.root());
  const References references(book);
  const ChapterParts parts{book, glossary, references, input.figures,
                           instructor ? notes_of(book) : nullptr};
  input.pages.push_back(front_page(book));
  for (const Module* module : chapters(book))
    input.pages.push_back(chapter_page(parts, *module, formulas));
  for (const char* other : {"docs/interactive/step_through.md", "docs/emulator.md"}) {
    if (fs::exists(book.root() / other))
      input.pages.push_back(page_with_figures(book, other, input.figures));
  }
  input.pages.push_back(exercise_index(book));
  input.pages.push_back(glossary.page());
  input.pages.push_back(references.page());
  for (Page& page : api_pages(book, references, formulas)) input.pages.push_back(std::move(page));
  return input;
}

Edition build_edition(const SiteInput& input, const SiteTools& tools,
                      const std::vector<Formula>& formulas, const fs::path& out) {
  const fs::path site = out / input.edition, html = input.work / "html";
  Edition edition{input.edition, site / "index.html", false};
  std::string scripts;
  for (const char* script : {"formulas.js", "texts.js", "search.js", "check.js"})
    scripts += read_file(input.book / "docs/site" / script);
  const std::string key = key_of(input, tools) + digest(scripts);
  if (fs::exists(site / kKey) && read_file(site / kKey) == key) return edition;
  std::error_code ignored;
  fs::remove_all(input.work, ignored);
  fs::create_directories(input.work);
  check_formulas(input.book, formulas, tools, input.work);
  run_doxygen(input, tools);
  finish_pages(input.book, html, tools);
  check_pages(input.book, html);
  fs::rename(input.work / "symbols.xml", html / "symbols.xml");
  write_atomically(html / kKey, key);
  // The old site goes in one piece, and so the new one comes
  const fs::path old = unique_beside(site);
  if (fs::exists(site)) fs::rename(site, old);
  fs::rename(html, site);
  fs::remove_all(old, ignored);
  edition.built = true;
  return edition;
}

}  // namespace

std::vector<Edition> build_site(const Workshop& workshop, const fs::path& out) {
  const Book& book = workshop.book();
  const SiteTools tools = find_site_tools();
  fs::create_directories(out / "figures");
  bring_figures(workshop, out / "figures");
  const auto build = [&](bool instructor) {
    std::vector<Formula> formulas;
    const SiteInput input = input_of(book, out, instructor, formulas);
    return build_edition(input, tools, formulas, out);
  };
  const bool both = kHasInstructor && fs::exists(book.root() / "docs" / "instructor");
  std::vector<Edition> editions;
  if (!both) return {build(false)};
  auto instructor = std::async(std::launch::async, build, true);
  editions.push_back(build(false));
  editions.push_back(instructor.get());
  return editions;
}

std::string page_of(const Book& book, const Exercise& exercise, const fs::path& out) {
  const fs::path index = out / "student" / "index.html";
  if (!fs::exists(index)) return "";
  return (index.parent_path().lexically_relative(book.root()) / link_to(exercise)).string();
}

}  // namespace gradbook
