using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class Databases : ReadingConfiguration
{
    private const string Postgres = "Host=db1;Database=mmo;Username=mmo;Password=hush";
    private const string Redis = "db1:6379,password=hush";

    [Theory]
    [InlineData(HostKind.Silo, "-database", "postgres", Postgres, DatabaseKind.Postgres)]
    [InlineData(HostKind.Gateway, "-database", "PostgreS", Postgres, DatabaseKind.Postgres)]
    [InlineData(HostKind.Silo, "-databaseOptionIndex", "2", Postgres, DatabaseKind.Postgres)]
    [InlineData(HostKind.Gateway, "-databaseOptionIndex", "2", Postgres, DatabaseKind.Postgres)]
    [InlineData(HostKind.Silo, "-database", "redis", Redis, DatabaseKind.Redis)]
    [InlineData(HostKind.Gateway, "-database", "redis", Redis, DatabaseKind.Redis)]
    public void Both_hosts_find_the_same_server(HostKind host, string key, string value, string connection, DatabaseKind kind)
    {
        var (settings, warnings) = ReadyIn(host, key, value, "-connectionString", connection);

        Assert.Empty(warnings);
        Assert.Equal(new DatabaseSettings(kind, connection, TimeSpan.FromSeconds(60)), settings.Database);
        Assert.True(settings.Database.IsShared);
    }

    [Theory]
    [InlineData("MMO_CONNECTIONSTRING")]
    [InlineData("MMO_connectionString")]
    public void The_connection_string_may_come_from_the_environment_in_capitals_too(string variable)
    {
        Variables[variable] = Redis;
        WriteFile("""{"database": "redis", "connectionString": "old:1", "databaseWaitSeconds": 5}""");

        Assert.Equal(new DatabaseSettings(DatabaseKind.Redis, Redis, TimeSpan.FromSeconds(5)), ReadyWith().Settings.Database);
    }

    [Theory]
    [InlineData("postgres", "db1:6379,password=hush")]
    [InlineData("postgres", "Hoost=db1;Password=hush")]
    [InlineData("postgres", "Password=hush")]
    [InlineData("postgres", "Host=db1;Port=hush")]
    [InlineData("postgres", "Host=db1;hush")]
    [InlineData("redis", "Host=db1;Password=hush")]
    [InlineData("redis", "password=hush")]
    [InlineData("redis", "db1:6379,connectTimeout=hush")]
    public void A_connection_string_that_cannot_be_read_is_refused_without_being_shown(string database, string connection)
    {
        var sentence = RefusalOf("-database", database, "-connectionString", connection);

        Assert.StartsWith("connectionString (not shown, argument): expected one of ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-database", "postgres")]
    [InlineData("-databaseOptionIndex", "2")]
    public void A_server_without_a_connection_string_is_refused_with_the_keys_name(string key, string value) =>
        Assert.StartsWith("database is Postgres, but connectionString is not set: ", RefusalOf(key, value), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_database_is_refused() =>
        Assert.Equal("database = \"mysql\" (argument): expected sqlite, postgres or redis", RefusalOf("-database", "mysql"));

    [Fact]
    public void A_connection_string_without_a_server_is_named()
    {
        var (settings, warnings) = ReadyWith("-connectionString", Postgres);

        Assert.Equal(DatabaseSettings.Sqlite, settings.Database);
        Assert.StartsWith("connectionString is ignored", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_comes_before_the_kits_number()
    {
        var (settings, warnings) = ReadyWith("-database", "redis", "-databaseOptionIndex", "2", "-connectionString", Redis);

        Assert.Equal(DatabaseKind.Redis, settings.Database.Kind);
        Assert.Equal("database = redis counts, not databaseOptionIndex = 2", Assert.Single(warnings));
    }

    [Fact]
    public void Settings_tell_no_password_when_they_are_printed() =>
        Assert.DoesNotContain("hush", $"{ReadyWith("-database", "postgres", "-connectionString", Postgres).Settings}", StringComparison.Ordinal);

    [Theory]
    [InlineData("clusterId")]
    [InlineData("serviceId")]
    public void Names_of_clusters_and_worlds_are_short_and_plain(string key)
    {
        Assert.Equal($"{key} = \"a/b\" (argument): expected 1 to 64 letters, digits, '_', '.' or '-'", RefusalOf("-" + key, "a/b"));
        Assert.IsType<StartAnswer.Ready>(Read("-" + key, "world-2"));
    }
}
