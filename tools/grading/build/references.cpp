// The references that programs are linked with: unpacked, archived, and without what an exercise
// may not call.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "grading/build/made_from.hpp"
#include "grading/build/steps.hpp"
#include "grading/build/workshop.hpp"

namespace gradbook {

// A handout brings one archive of references a module
void Workshop::unpack_references() const {
  for (const Module& module : book_.modules()) {
    const fs::path archive = book_.references(platform(), module);
    const fs::path folder = build_ / "references" / module.directory;
    if (!fs::exists(archive)) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);  // it was taken away
      continue;
    }
    if (made_from(folder, stamp(archive))) continue;
    forget_made_from(folder);
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Completion completion =
        run({.arguments = {recipe_.archiver, "x", archive.string()}, .directory = folder.string()});
    if (!completion.ok()) {
      throw UserError(fmt::format(
          "{} is damaged: copy it anew from the handout, or remove it to work without references",
          archive.string()));
    }
    note_made_from(folder, stamp(archive));
  }
}

fs::path Workshop::references_archive(const std::string& last_module,
                                      const std::set<std::string>& without, const fs::path& folder,
                                      const std::vector<std::string>& hidden) const {
  const fs::path archive = folder / "references.a";
  std::vector<fs::path> objects;
  std::string key = hidden.empty() ? "" : fmt::format("without {}\n", fmt::join(hidden, ", "));
  for (const Module& module : book_.modules()) {
    if (module.directory > last_module) continue;
    for (const Exercise& e : module.exercises) {
      const fs::path object = reference_object(e);
      if (without.count(e.id) || !fs::exists(object)) continue;
      objects.push_back(object);
      key += stamp(object) + "\n";
    }
  }
  const std::vector<fs::path> given =
      hidden.empty() ? std::vector<fs::path>{} : given_objects(last_module);
  for (const fs::path& object : given) key += stamp(object) + "\n";
  if (made_from(archive, key)) return archive;
  fs::create_directories(folder);
  const fs::path made = unique_beside(archive);
  const Symbols asked_for = given.empty() ? Symbols{} : symbols_of(given);
  std::vector<std::string> arguments = {recipe_.archiver, "qcsT", made.string()};
  for (const fs::path& object : objects)
    arguments.push_back(hidden.empty() ? object.string()
                                       : with_hidden(object, hidden, asked_for, folder).string());
  const Completion completion = run({.arguments = by_linker(arguments)});
  if (!completion.ok())
    throw UserError("ar could not make " + archive.string() + ": " + completion.output);
  fs::rename(made, archive);
  note_made_from(archive, key);
  return archive;
}

// A worker does not even hold what its exercise may not call: calls of it do not link, whatever
// words they are put in. What given code calls has to stay; a student's call of it is seen in the
// student's object
fs::path Workshop::worker_references(const Exercise& e) const {
  if (e.forbidden.empty()) return references_archive(e.module, {e.id}, folder_of(e));
  return references_archive(e.module, {e.id}, folder_of(e) / "worker_references", e.forbidden);
}

// The object, or a copy of it in which these functions can be called from within alone
fs::path Workshop::with_hidden(const fs::path& object, const std::vector<std::string>& functions,
                               const Symbols& asked_for, const fs::path& folder) const {
  auto names = defined_among(symbols_of({object}), functions);
  std::erase_if(names, [&](const std::string& name) { return asked_for.contains(name); });
  if (names.empty()) return object;
  const fs::path copy =
      folder / (object.parent_path().filename().string() + "_" + object.filename().string());
  std::vector<std::string> arguments = {recipe_.object_copier};
  for (const std::string& name : names) arguments.push_back("--localize-symbol=" + name);
  arguments.insert(arguments.end(), {object.string(), copy.string()});
  const Completion completion = run({.arguments = by_linker(arguments)});
  if (!completion.ok())
    throw UserError("objcopy could not make " + copy.string() + ": " + completion.output);
  return copy;
}

}  // namespace gradbook
