Console.WriteLine("starting point");
