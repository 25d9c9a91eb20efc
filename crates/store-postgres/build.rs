//! Tells cargo what the macros read, which it cannot see by itself: the migrations, the prepared
//! queries and the variable with which `prepare` points the macros at a live schema.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/postgres");
    println!("cargo:rerun-if-changed=.sqlx");
    println!("cargo:rerun-if-changed=sqlx.toml");
    println!("cargo:rerun-if-env-changed=STORE_POSTGRES_DATABASE_URL");
}
