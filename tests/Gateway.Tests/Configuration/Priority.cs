using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class Priority
{
    public static TheoryData<string> KeysWithValues => [.. ConfigKeys.All.Where(key => key.Kind != KeyKind.Switch && key.Name != "config").Select(key => key.Name)];

    public static TheoryData<string> Switches => [.. ConfigKeys.All.Where(key => key.Kind == KeyKind.Switch && !key.IsArgumentOnly).Select(key => key.Name)];

    [Theory]
    [MemberData(nameof(KeysWithValues))]
    public void The_command_line_beats_the_environment_which_beats_the_file_which_beats_the_default(string name)
    {
        var key = ConfigKeys.Find(name)!;
        var texts = SampleOfEachKey.Texts(key);
        var file = $"{{\"{name}\": {SampleOfEachKey.Json(key, texts[2])}}}";

        Assert.Equal(key.DefaultFor(Host(key)), AsText(key, Collect(key)));
        Assert.Equal(SampleOfEachKey.Json(key, texts[2]).Trim('"'), AsText(key, Collect(key, file: file), isJson: true));
        Assert.Equal(texts[1], AsText(key, Collect(key, variable: texts[1], file: file)));
        Assert.Equal(texts[0], AsText(key, Collect(key, ["-" + name, texts[0]], texts[1], file)));
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void A_switch_can_be_turned_on_and_off_by_every_source(string name)
    {
        var key = ConfigKeys.Find(name)!;

        Assert.Equal("true", AsText(key, Collect(key, ["-" + name])));
        Assert.Equal("true", AsText(key, Collect(key, ["-" + name, "-anotherKey"])));
        Assert.Equal("false", AsText(key, Collect(key, ["-" + name, "false"], "true", $"{{\"{name}\": true}}")));
        Assert.Equal("false", AsText(key, Collect(key, variable: "False", file: $"{{\"{name}\": true}}")));
        Assert.Equal("true", AsText(key, Collect(key, file: $"{{\"{name}\": true}}")));
        Assert.Equal("false", AsText(key, Collect(key, file: $"{{\"{name}\": \"false\"}}")));
    }

    [Theory]
    [MemberData(nameof(KeysWithValues))]
    public void A_key_that_takes_a_value_is_refused_at_the_end_of_the_line(string name)
    {
        var findings = new Findings();
        var collector = new ValueCollector(Host(ConfigKeys.Find(name)!), findings);
        new CommandLine(["-" + name]).ReadInto(collector, findings, ValueOrigin.CommandLine("/"));

        Assert.True(findings.IsRefused);
        Assert.Contains($"-{name} ", findings.Refusal);
        Assert.Contains("expected a value", findings.Refusal);
    }

    private static HostKind Host(ConfigKey key) => key.Hosts.HasFlag(HostKind.Silo) ? HostKind.Silo : HostKind.Gateway;

    private static ConfigValues Collect(ConfigKey key, string[]? arguments = null, string? variable = null, string? file = null)
    {
        var findings = new Findings();
        var collector = new ValueCollector(Host(key), findings);
        new CommandLine(arguments ?? []).ReadInto(collector, findings, ValueOrigin.CommandLine("/"));
        var variables = variable is null ? [] : new Dictionary<string, string> { ["MMO_" + key.Name] = variable };
        EnvironmentVariables.ReadInto(collector, variables, ValueOrigin.Variable("/"));
        if (file is not null)
            ReadFile(collector, findings, file);
        return new ConfigValues(Host(key), collector.Given, "/");
    }

    private static void ReadFile(ValueCollector collector, Findings findings, string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        ConfigFile.ReadInto(collector, findings, path);
        File.Delete(path);
    }

    private static string? AsText(ConfigKey key, ConfigValues values, bool isJson = false)
    {
        if (values.Of(key.Name) is not { } given)
            return null;
        var text = ValueText.Of(given.Value);
        if (key.Kind == KeyKind.Channels && given.Origin.Words == "default")
            return text.Replace(":0", "");
        return isJson && key.Kind != KeyKind.Anything ? SampleOfEachKey.Json(key, text).Trim('"') : text.Trim('"');
    }
}
