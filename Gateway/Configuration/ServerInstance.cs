using System.Reflection;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// Reads how a host is to run: the counterpart of the MMORPG KIT's MMOServerInstance. It takes the kit's serverConfig.json and
/// `-key value` arguments as they are, adds our keys and `MMO_` variables, and hands out one checked <see cref="ServerSettings"/>.
/// What decides, in this order: command line, environment, file, default. Starting anything is the host's part.
/// </summary>
public static class ServerInstance
{
    /// <summary>PBKDF2 (HMAC-SHA512) iterations that OWASP's password storage advice asks for; fewer are allowed with a warning.</summary>
    public const int AdvisedPasswordIterations = 210_000;

    /// <summary>The product's version, as `--version`, `/health` and the hello message show it.</summary>
    public static string Version { get; } = typeof(ServerInstance).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Reads for <paramref name="host"/>, which is one of the two, not both.</summary>
    public static StartAnswer Read(HostKind host, IReadOnlyList<string> arguments) => Read(host, StartSurroundings.OfThisProcess(arguments));

    /// <summary>As above, with everything that is outside handed in.</summary>
    public static StartAnswer Read(HostKind host, StartSurroundings surroundings)
    {
        var line = new CommandLine(surroundings.Arguments);
        if (line.AsksForHelp)
            return new StartAnswer.ShowHelp(HelpText.Of(host));
        return line.AsksForVersion ? new StartAnswer.ShowVersion(Version) : Read(host, surroundings, line);
    }

    private static StartAnswer Read(HostKind host, StartSurroundings surroundings, CommandLine line)
    {
        var findings = new Findings();
        var collector = new ValueCollector(host, findings);
        line.ReadInto(collector, findings, ValueOrigin.CommandLine(surroundings.WorkingFolder));
        EnvironmentVariables.ReadInto(collector, surroundings.Environment, ValueOrigin.Variable(surroundings.WorkingFolder));
        var values = new ConfigValues(host, collector.Given, surroundings.WorkingFolder);
        var isWriting = values.IsOn("writeConfig");
        var file = isWriting ? null : ReadFile(values, collector, findings, surroundings);
        // What was refused so far has left holes; looking at the whole would only report those again.
        var settings = findings.IsRefused ? null : new SettingsBuilder(host, values, findings, surroundings).Build(file);
        if (findings.IsRefused || settings is null)
            return new StartAnswer.Refused(findings.Refusal);
        return isWriting ? ConfigWriter.Write(host, values, surroundings) : new StartAnswer.Ready(settings, [.. findings.Warnings]);
    }

    private static string? ReadFile(ConfigValues values, ValueCollector collector, Findings findings, StartSurroundings surroundings)
    {
        var named = values.Path("config");
        var file = named ?? ConfigFile.Find(surroundings);
        if (named is not null && !File.Exists(named))
            findings.Refuse($"config = \"{named}\": expected a file, there is none");
        else if (file is not null)
            ConfigFile.ReadInto(collector, findings, file);
        return file;
    }
}
