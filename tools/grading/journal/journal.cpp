#include "grading/journal/journal.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sqlite3.h>

namespace gradbook {
namespace {

constexpr int kVersion = 1;

constexpr const char* kTables = R"(
  CREATE TABLE class (seed TEXT NOT NULL, name_seed TEXT NOT NULL);
  CREATE TABLE result (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE begun (key TEXT PRIMARY KEY, alone INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE death (key TEXT PRIMARY KEY, times INTEGER NOT NULL, times_alone INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE file (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE handed_in (student TEXT, exercise TEXT, digest TEXT NOT NULL, PRIMARY KEY (student, exercise)) WITHOUT ROWID;
)";

// What SQLite says, as something to act on
[[noreturn]] void explain(const fs::path& path, const SQLite::Exception& error) {
  const std::string name = path.string();
  switch (error.getErrorCode()) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw UserError(fmt::format(
          "{} is no journal, or a damaged one: move it away, and everything is graded anew", name));
    case SQLITE_BUSY:
      throw UserError(fmt::format("another gradbook is grading into {}: wait until it has ended",
                                  path.parent_path().string()));
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw UserError(
          fmt::format("{} cannot be written: give yourself the right, or choose "
                      "another folder with --out",
                      name));
    case SQLITE_FULL:
    case SQLITE_IOERR:
      throw UserError(
          fmt::format("there is no room left for {}: make room and start again; what "
                      "was graded is kept",
                      name));
    default:
      throw UserError(fmt::format("{}: {}", name, error.what()));
  }
}

// Whatever the database refuses is told in our words
template <class Work>
auto asked(const SQLite::Database& database, Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    explain(database.getFilename(), error);
  }
}

}  // namespace

Journal::Journal(const fs::path& path, std::uint64_t seed, std::uint64_t name_seed) {
  try {
    database_ = std::make_unique<SQLite::Database>(path.string(),
                                                   SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // Nobody else may open it: two gradbooks would grade everything twice
    database_->exec("PRAGMA locking_mode = EXCLUSIVE");
    database_->exec("PRAGMA journal_mode = WAL");
    database_->exec("PRAGMA synchronous = NORMAL");
    SQLite::Transaction transaction(*database_);
    const int version = database_->execAndGet("PRAGMA user_version").getInt();
    if (version > kVersion) {
      throw UserError(fmt::format(
          "{} is of version {}, written by a newer gradbook; this one reads version {}: update "
          "gradbook, or choose another folder with --out",
          path.string(), version, kVersion));
    }
    if (version == 0) {
      database_->exec(kTables);
      database_->exec(fmt::format("PRAGMA user_version = {}", kVersion));
      SQLite::Statement insert(*database_, "INSERT INTO class VALUES (?, ?)");
      insert.bind(1, std::to_string(seed));
      insert.bind(2, std::to_string(name_seed));
      insert.exec();
    }
    seed_ = std::stoull(database_->execAndGet("SELECT seed FROM class").getString());
    name_seed_ = std::stoull(database_->execAndGet("SELECT name_seed FROM class").getString());
    note_deaths();
    transaction.commit();
  } catch (const SQLite::Exception& error) {
    explain(path, error);
  }
}

Journal::~Journal() = default;

// What is still begun was in work when a gradbook died: we are the only one
void Journal::note_deaths() {
  database_->exec(R"(
    INSERT INTO death SELECT key, 1, alone FROM begun WHERE true
      ON CONFLICT (key) DO UPDATE SET times = times + 1, times_alone = times_alone + excluded.times_alone;
    DELETE FROM begun;
  )");
}

void Journal::begin_anew(std::uint64_t seed) {
  const std::lock_guard guard(mutex_);
  asked(*database_, [&] {
    SQLite::Transaction transaction(*database_);
    SQLite::Statement update(*database_, "UPDATE class SET seed = ?");
    update.bind(1, std::to_string(seed));
    update.exec();
    database_->exec("DELETE FROM result; DELETE FROM death;");
    transaction.commit();
    seed_ = seed;
  });
}

std::optional<UnitResult> Journal::result(const std::string& key) const {
  const std::lock_guard guard(mutex_);
  return asked(*database_, [&]() -> std::optional<UnitResult> {
    SQLite::Statement select(*database_, "SELECT text FROM result WHERE key = ?");
    select.bind(1, key);
    if (!select.executeStep()) return std::nullopt;
    return unit_result_from(select.getColumn(0).getString());
  });
}

void Journal::begin(const std::string& key, bool alone) {
  const std::lock_guard guard(mutex_);
  asked(*database_, [&] {
    SQLite::Statement insert(*database_, "INSERT OR REPLACE INTO begun VALUES (?, ?)");
    insert.bind(1, key);
    insert.bind(2, alone ? 1 : 0);
    insert.exec();
  });
}

void Journal::finish(const std::string& key, const UnitResult& result) {
  const std::lock_guard guard(mutex_);
  asked(*database_, [&] {
    SQLite::Transaction transaction(*database_);
    SQLite::Statement insert(*database_, "INSERT OR REPLACE INTO result VALUES (?, ?)");
    insert.bind(1, key);
    insert.bind(2, to_text(result));
    insert.exec();
    for (const char* table : {"begun", "death"}) {
      SQLite::Statement remove(*database_, fmt::format("DELETE FROM {} WHERE key = ?", table));
      remove.bind(1, key);
      remove.exec();
    }
    transaction.commit();
  });
}

void Journal::give_up(const std::string& key) {
  const std::lock_guard guard(mutex_);
  asked(*database_, [&] {
    SQLite::Statement remove(*database_, "DELETE FROM begun WHERE key = ?");
    remove.bind(1, key);
    remove.exec();
  });
}

int Journal::count(const char* column, const std::string& key) const {
  const std::lock_guard guard(mutex_);
  return asked(*database_, [&] {
    SQLite::Statement select(*database_, fmt::format("SELECT {} FROM death WHERE key = ?", column));
    select.bind(1, key);
    return select.executeStep() ? select.getColumn(0).getInt() : 0;
  });
}

int Journal::deaths(const std::string& key) const { return count("times", key); }
int Journal::deaths_alone(const std::string& key) const { return count("times_alone", key); }

void Journal::keep_file(const std::string& student, const std::string& exercise,
                        std::string_view bytes) {
  const std::lock_guard guard(mutex_);
  asked(*database_, [&] {
    const std::string name = digest(bytes);
    SQLite::Transaction transaction(*database_);
    SQLite::Statement file(*database_, "INSERT OR IGNORE INTO file VALUES (?, ?)");
    file.bind(1, name);
    file.bind(2, bytes.data(), static_cast<int>(bytes.size()));
    file.exec();
    SQLite::Statement handed(*database_, "INSERT OR REPLACE INTO handed_in VALUES (?, ?, ?)");
    handed.bind(1, student);
    handed.bind(2, exercise);
    handed.bind(3, name);
    handed.exec();
    transaction.commit();
  });
}

std::optional<std::string> Journal::file(const std::string& student,
                                         const std::string& exercise) const {
  const std::lock_guard guard(mutex_);
  return asked(*database_, [&]() -> std::optional<std::string> {
    SQLite::Statement select(
        *database_,
        "SELECT bytes FROM file JOIN handed_in USING (digest) WHERE student = ? AND exercise = ?");
    select.bind(1, student);
    select.bind(2, exercise);
    if (!select.executeStep()) return std::nullopt;
    const SQLite::Column bytes = select.getColumn(0);
    return std::string(static_cast<const char*>(bytes.getBlob()),
                       static_cast<std::size_t>(bytes.getBytes()));
  });
}

}  // namespace gradbook
