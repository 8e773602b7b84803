using MmoOrleans.Benchmarks;
using MmoOrleans.Benchmarks.Floor;
using MmoOrleans.Benchmarks.Load;
using MmoOrleans.Benchmarks.Micro;

try
{
    return args switch
    {
        ["load", .. var rest] => await new LoadCommand(LoadOptions.Read(new Arguments(rest)), Console.Out, Console.Error).Run(),
        ["micro", .. var rest] => MicroCommand.Run(rest),
        // The two below are the child processes of load.
        ["floor", .. var rest] => await FloorServer.Run(new Arguments(rest)),
        ["floor-clients", .. var rest] => await FloorClients.Run(new Arguments(rest)),
        _ => UsageText.Print(Console.Error),
    };
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return UsageText.Print(Console.Error);
}
