using System.Text;
using MmoOrleans.ConsoleClient;
using MmoOrleans.Sdk;

if (CommandLine.Parse(args, out var problem) is not { } options)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(CommandLine.Usage);
    return (int)ExitCode.Usage;
}

if (options.Help)
{
    Console.WriteLine(CommandLine.Usage);
    return (int)ExitCode.Done;
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var client = new MmoClient(new MmoClientOptions { ReuseConnection = options.Stay, ClientName = "console" });
var session = new Session(client, options, Console.Out);
return (int)await session.Run(Console.In, isInteractive: !Console.IsInputRedirected, CancellationToken.None);
